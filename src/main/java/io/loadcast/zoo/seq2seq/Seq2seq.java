package io.loadcast.zoo.seq2seq;

import io.loadcast.onnxgraph.OnnxModel;
import io.loadcast.zoo.Network;
import io.loadcast.zoo.Weights;
import io.loadcast.zoo.logratio.LogRatioArchitecture;

/**
 * The architecture {@code seq2seq}: between the features x of the hours and the vector z of an anchor a, as
 * {@link LogRatioArchitecture} calls them, an encoder and a decoder (Sutskever, Vinyals and Le 2014, <em>Sequence to Sequence
 * Learning with Neural Networks</em>; Cho et al. 2014, <em>Learning Phrase Representations using RNN Encoder–Decoder</em>). The
 * decoder reads the calendar of the hours ahead, and none of its own output:
 *
 * <pre>
 *   s = GRU(x)                                      {@value #ENCODED} numbers
 *   d_0 = tanh(W·s_a + b)
 *   d_h = GRU(calendar of a+h, d_(h−1))             {@value #DECODED} numbers, h = 1 … 24
 *   z_a = [d_1 … d_24]
 * </pre>
 */
public final class Seq2seq extends LogRatioArchitecture {
    static final int ENCODED = 64;
    static final int DECODED = 32;

    @Override
    public String name() {
        return "seq2seq";
    }

    @Override
    public Network newNetwork() {
        return new Seq2seqNetwork();
    }

    @Override
    public OnnxModel toOnnx(Weights weights) {
        return new Seq2seqGraph(name(), weights).build();
    }
}
