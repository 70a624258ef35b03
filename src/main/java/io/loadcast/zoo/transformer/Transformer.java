package io.loadcast.zoo.transformer;

import io.loadcast.onnxgraph.OnnxModel;
import io.loadcast.zoo.Network;
import io.loadcast.zoo.Sizes;
import io.loadcast.zoo.Weights;
import io.loadcast.zoo.logratio.CausalMask;
import io.loadcast.zoo.logratio.LogRatioArchitecture;

/**
 * The architecture {@code transformer}: between the features x of the hours and the vector z of an anchor a, as
 * {@link LogRatioArchitecture} calls them, a causal encoder (Vaswani et al. 2017, <em>Attention Is All You Need</em>) with the
 * norms before the sublayers (Xiong et al. 2020, <em>On Layer Normalization in the Transformer Architecture</em>), which trains
 * without warm-up:
 *
 * <pre>
 *   e_i = W·x_i + b + p_i               p_(i,2k) = sin(i / 10000^(2k/width)), p_(i,2k+1) = cos of the same
 *   twice, or as often as is chosen:
 *     q, k, v = dense layers of LN(e), cut into {@value #HEADS} heads
 *     e ← e + Dense([softmax(q·kᵀ / √(width/heads), hours ≤ i) · v, all heads])
 *     e ← e + Dense(ReLU(Dense(LN(e)))) twice as many units between
 *   z_a = LN(e_a)                       64 numbers, or as many as are chosen
 *   LN(e) = γ ∘ (e − mean) / √(variance + 1e-5) + β, over the numbers of one hour (Ba et al. 2016)
 * </pre>
 */
public final class Transformer extends LogRatioArchitecture {
    static final int HEADS = 4;

    private final Width width;

    /**
     * @param chosen numbers of an hour, encoder layers, and dropout
     * @throws IllegalArgumentException if the heads cannot share the numbers evenly
     */
    public Transformer(Sizes chosen) {
        super("transformer", Sizes.of(64, 2, DROPOUT), chosen);
        width = new Width(hidden());
    }

    @Override
    public Network newNetwork() {
        return new TransformerNetwork(width, layers(), sizes());
    }

    @Override
    public OnnxModel toOnnx(Weights weights) {
        return new TransformerGraph(name(), width, layers(), weights).build();
    }

    /** The name of a layer, which its tensors' names begin with. */
    static String layer(int number) {
        return "layer_" + number;
    }

    /** [lookback, lookback]. */
    static float[] causalMask() {
        return CausalMask.of(LOOKBACK, hour -> hour);
    }
}
