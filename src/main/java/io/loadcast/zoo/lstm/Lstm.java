package io.loadcast.zoo.lstm;

import io.loadcast.zoo.Sizes;
import io.loadcast.zoo.logratio.RecurrentCell;
import io.loadcast.zoo.recurrent.RecurrentArchitecture;

/**
 * The architecture {@code lstm}: layers of long short-term memory (Hochreiter and Schmidhuber 1997, <em>Long Short-Term Memory</em>)
 * with a forget gate (Gers, Schmidhuber and Cummins 2000, <em>Learning to Forget: Continual Prediction with LSTM</em>) as
 * {@link RecurrentArchitecture} has them. With x_t the input and s_t the state of one layer; the input of the next layer is the state
 * of the one before:
 *
 * <pre>
 *   i_t = σ(W_i·x_t + b_i + U_i·s_(t−1) + c_i)            input gate
 *   f_t = σ(W_f·x_t + b_f + U_f·s_(t−1) + c_f)            forget gate
 *   o_t = σ(W_o·x_t + b_o + U_o·s_(t−1) + c_o)            output gate
 *   g_t = tanh(W_g·x_t + b_g + U_g·s_(t−1) + c_g)         candidate
 *   m_t = f_t ∘ m_(t−1) + i_t ∘ g_t                       memory
 *   s_t = o_t ∘ tanh(m_t)                                 state
 * </pre>
 */
public final class Lstm extends RecurrentArchitecture {

    /** @param chosen size of a state, layers, and dropout */
    public Lstm(Sizes chosen) {
        super(RecurrentCell.LSTM, chosen);
    }
}
