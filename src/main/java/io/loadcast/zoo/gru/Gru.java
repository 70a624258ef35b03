package io.loadcast.zoo.gru;

import io.loadcast.zoo.Sizes;
import io.loadcast.zoo.logratio.RecurrentCell;
import io.loadcast.zoo.recurrent.RecurrentArchitecture;

/**
 * The architecture {@code gru}: layers of gated recurrent units (Cho et al. 2014, <em>Learning Phrase Representations using RNN
 * Encoder–Decoder for Statistical Machine Translation</em>) as {@link RecurrentArchitecture} has them. With two biases and the reset
 * gate after the product, as in PyTorch; x_t is the input and s_t the state of one layer, and the input of the next layer is the
 * state of the one before:
 *
 * <pre>
 *   r_t = σ(W_r·x_t + b_r + U_r·s_(t−1) + c_r)            reset gate
 *   u_t = σ(W_u·x_t + b_u + U_u·s_(t−1) + c_u)            update gate
 *   n_t = tanh(W_n·x_t + b_n + r_t ∘ (U_n·s_(t−1) + c_n)) candidate
 *   s_t = (1 − u_t) ∘ n_t + u_t ∘ s_(t−1)                 state
 * </pre>
 */
public final class Gru extends RecurrentArchitecture {

    /** @param chosen size of a state, layers, and dropout */
    public Gru(Sizes chosen) {
        super(RecurrentCell.GRU, chosen);
    }
}
