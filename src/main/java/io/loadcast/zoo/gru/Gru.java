package io.loadcast.zoo.gru;

import io.loadcast.onnxgraph.OnnxModel;
import io.loadcast.zoo.Network;
import io.loadcast.zoo.Weights;
import io.loadcast.zoo.logratio.LogRatioArchitecture;

/**
 * The architecture {@code gru}: between the features x of the hours and the vector z of an anchor a, as
 * {@link LogRatioArchitecture} calls them, one layer of gated recurrent units (Cho et al. 2014, <em>Learning Phrase
 * Representations using RNN Encoder–Decoder</em>), with the reset gate after the product, as PyTorch has it:
 *
 * <pre>
 *   r_i = σ(W_r·x_i + b_r + U_r·s_(i−1) + c_r)            reset gate
 *   u_i = σ(W_u·x_i + b_u + U_u·s_(i−1) + c_u)            update gate
 *   n_i = tanh(W_n·x_i + b_n + r_i ∘ (U_n·s_(i−1) + c_n)) candidate
 *   s_i = (1 − u_i) ∘ n_i + u_i ∘ s_(i−1)                 state
 *   z_a = s_a                                             {@value #HIDDEN} numbers
 * </pre>
 */
public final class Gru extends LogRatioArchitecture {
    static final int HIDDEN = 64;

    @Override
    public String name() {
        return "gru";
    }

    @Override
    public Network newNetwork() {
        return new GruNetwork();
    }

    @Override
    public OnnxModel toOnnx(Weights weights) {
        return new GruGraph(name(), weights).build();
    }
}
