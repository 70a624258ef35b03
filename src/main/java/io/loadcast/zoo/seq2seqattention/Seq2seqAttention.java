package io.loadcast.zoo.seq2seqattention;

import io.loadcast.onnxgraph.OnnxModel;
import io.loadcast.zoo.Network;
import io.loadcast.zoo.Sizes;
import io.loadcast.zoo.Weights;
import io.loadcast.zoo.logratio.LogRatioArchitecture;
import io.loadcast.zoo.seq2seq.Size;

/**
 * The architecture {@code seq2seq-attention}: the encoder and decoder of {@code seq2seq}, each of whose states attends over the
 * encoder's (Bahdanau, Cho and Bengio 2015, <em>Neural Machine Translation by Jointly Learning to Align and Translate</em>), with
 * the general score and the joint projection of Luong, Pham and Manning 2015 (<em>Effective Approaches to Attention-based Neural
 * Machine Translation</em>), scaled as Vaswani et al. 2017 do. With x and z as {@link LogRatioArchitecture} calls them:
 *
 * <pre>
 *   s = GRU(x)                                      64 numbers, or as many as are chosen
 *   d_0 = tanh(W·s_a + b)
 *   d_h = GRU(calendar of a+h, d_(h−1))             half as many numbers, h = 1 … 24
 *   c_h = softmax((Q·d_h) · sᵀ / √64) · s         hours ≤ a
 *   j_h = tanh(P·[d_h, c_h] + p)                    a quarter as many numbers
 *   z_a = [j_1 … j_24]
 * </pre>
 */
public final class Seq2seqAttention extends LogRatioArchitecture {
    private final AttentionSize size;

    /** @param chosen size of the encoder's state and its layers, and dropout */
    public Seq2seqAttention(Sizes chosen) {
        super("seq2seq-attention", Sizes.of(64, 1, DROPOUT), chosen);
        size = new AttentionSize(new Size(hidden(), layers()));
    }

    @Override
    public Network newNetwork() {
        return new Seq2seqAttentionNetwork(size, sizes());
    }

    @Override
    public OnnxModel toOnnx(Weights weights) {
        return new Seq2seqAttentionGraph(name(), size, weights).build();
    }
}
