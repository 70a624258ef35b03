package io.loadcast.zoo.seq2seqattention;

import io.loadcast.onnxgraph.OnnxModel;
import io.loadcast.zoo.Network;
import io.loadcast.zoo.Weights;
import io.loadcast.zoo.logratio.LogRatioArchitecture;

/**
 * The architecture {@code seq2seq-attention}: the encoder and decoder of {@code seq2seq}, each of whose states attends over the
 * encoder's (Bahdanau, Cho and Bengio 2015, <em>Neural Machine Translation by Jointly Learning to Align and Translate</em>), with
 * the general score and the joint projection of Luong, Pham and Manning 2015 (<em>Effective Approaches to Attention-based Neural
 * Machine Translation</em>), scaled as Vaswani et al. 2017 do. With x and z as {@link LogRatioArchitecture} calls them:
 *
 * <pre>
 *   s = GRU(x)                                      {@value #ENCODED} numbers
 *   d_0 = tanh(W·s_a + b)
 *   d_h = GRU(calendar of a+h, d_(h−1))             {@value #DECODED} numbers, h = 1 … 24
 *   c_h = softmax((Q·d_h) · sᵀ / √{@value #ENCODED}) · s         hours ≤ a
 *   j_h = tanh(P·[d_h, c_h] + p)                    {@value #JOINT} numbers
 *   z_a = [j_1 … j_24]
 * </pre>
 */
public final class Seq2seqAttention extends LogRatioArchitecture {
    static final int ENCODED = 64;
    static final int DECODED = 32;
    static final int JOINT = 16;
    /** What a product of query and encoder state is multiplied with. */
    static final float SCORE_SCALE = (float) (1 / Math.sqrt(ENCODED));

    @Override
    public String name() {
        return "seq2seq-attention";
    }

    @Override
    public Network newNetwork() {
        return new Seq2seqAttentionNetwork();
    }

    @Override
    public OnnxModel toOnnx(Weights weights) {
        return new Seq2seqAttentionGraph(name(), weights).build();
    }
}
