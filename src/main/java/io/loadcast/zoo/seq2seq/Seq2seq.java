package io.loadcast.zoo.seq2seq;

import io.loadcast.onnxgraph.OnnxModel;
import io.loadcast.zoo.Network;
import io.loadcast.zoo.Sizes;
import io.loadcast.zoo.Weights;
import io.loadcast.zoo.logratio.LogRatioArchitecture;

/**
 * The architecture {@code seq2seq}: between the features x of the hours and the vector z of an anchor a, as
 * {@link LogRatioArchitecture} calls them, an encoder and a decoder (Sutskever, Vinyals and Le 2014, <em>Sequence to Sequence
 * Learning with Neural Networks</em>; Cho et al. 2014, <em>Learning Phrase Representations using RNN Encoder–Decoder</em>). The
 * decoder reads the calendar of the hours ahead, and none of its own output:
 *
 * <pre>
 *   s = GRU(x)                                      64 numbers, or as many as are chosen
 *   d_0 = tanh(W·s_a + b)
 *   d_h = GRU(calendar of a+h, d_(h−1))             half as many numbers, h = 1 … 24
 *   z_a = [d_1 … d_24]
 * </pre>
 */
public final class Seq2seq extends LogRatioArchitecture {
    private final Size size;

    /** @param chosen size of the encoder's state and its layers, and dropout */
    public Seq2seq(Sizes chosen) {
        super("seq2seq", Sizes.of(64, 1, DROPOUT), chosen);
        size = new Size(hidden(), layers());
    }

    @Override
    public Network newNetwork() {
        return new Seq2seqNetwork(size, sizes());
    }

    @Override
    public OnnxModel toOnnx(Weights weights) {
        return new Seq2seqGraph(name(), size, weights).build();
    }
}
