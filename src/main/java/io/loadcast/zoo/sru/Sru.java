package io.loadcast.zoo.sru;

import io.loadcast.onnxgraph.OnnxModel;
import io.loadcast.zoo.Network;
import io.loadcast.zoo.Sizes;
import io.loadcast.zoo.Weights;
import io.loadcast.zoo.logratio.LogRatioArchitecture;

/**
 * The architecture {@code sru}: between the features x of the hours and the vector z of an anchor a, as
 * {@link LogRatioArchitecture} calls them, one layer of simple recurrent units (Lei et al. 2018, <em>Simple Recurrent Units for
 * Highly Parallelizable Recurrence</em>). Its products with matrices need no state, so all hours share one:
 *
 * <pre>
 *   f_i = σ(W_f·x_i + v_f ∘ c_(i−1) + b_f)          forget gate
 *   r_i = σ(W_r·x_i + v_r ∘ c_(i−1) + b_r)          reset gate
 *   c_i = f_i ∘ c_(i−1) + (1 − f_i) ∘ W·x_i         state
 *   z_a = r_a ∘ c_a + (1 − r_a) ∘ W_x·x_a           highway; 64 numbers, or as many as are chosen
 * </pre>
 *
 * Tensors: {@code sru_weight} stacks W, W_f, W_r, W_x; {@code sru_state_weight} v_f, v_r; {@code sru_state_bias} b_f, b_r.
 */
public final class Sru extends LogRatioArchitecture {
    /** @param chosen size of the state, and dropout; there is one layer */
    public Sru(Sizes chosen) {
        super("sru", Sizes.of(64, DROPOUT), chosen);
    }

    @Override
    public Network newNetwork() {
        return new SruNetwork(hidden(), sizes());
    }

    @Override
    public OnnxModel toOnnx(Weights weights) {
        return new SruGraph(name(), hidden(), weights).build();
    }
}
