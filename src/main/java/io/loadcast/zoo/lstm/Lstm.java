package io.loadcast.zoo.lstm;

import io.loadcast.onnxgraph.OnnxModel;
import io.loadcast.zoo.Network;
import io.loadcast.zoo.Weights;
import io.loadcast.zoo.logratio.LogRatioArchitecture;

/**
 * The architecture {@code lstm}: between the features x of the hours and the vector z of an anchor a, as
 * {@link LogRatioArchitecture} calls them, one layer of long short-term memory (Hochreiter and Schmidhuber 1997, <em>Long
 * Short-Term Memory</em>) with a forget gate (Gers, Schmidhuber and Cummins 2000, <em>Learning to Forget</em>):
 *
 * <pre>
 *   i_t = σ(W_i·x_t + b_i + U_i·s_(t−1) + c_i)      input gate
 *   f_t = σ(W_f·x_t + b_f + U_f·s_(t−1) + c_f)      forget gate
 *   g_t = tanh(W_g·x_t + b_g + U_g·s_(t−1) + c_g)   candidate
 *   o_t = σ(W_o·x_t + b_o + U_o·s_(t−1) + c_o)      output gate
 *   m_t = f_t ∘ m_(t−1) + i_t ∘ g_t                 memory
 *   s_t = o_t ∘ tanh(m_t)                           state
 *   z_a = s_a                                       {@value #HIDDEN} numbers
 * </pre>
 */
public final class Lstm extends LogRatioArchitecture {
    static final int HIDDEN = 64;

    @Override
    public String name() {
        return "lstm";
    }

    @Override
    public Network newNetwork() {
        return new LstmNetwork();
    }

    @Override
    public OnnxModel toOnnx(Weights weights) {
        return new LstmGraph(name(), weights).build();
    }
}
