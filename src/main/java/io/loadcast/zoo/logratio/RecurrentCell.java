package io.loadcast.zoo.logratio;

import ai.djl.nn.recurrent.RecurrentBlock;
import io.loadcast.onnxgraph.Attribute;
import java.util.List;

/**
 * A cell of recurrent layers, in both halves. With x_t the input and s_t the state of one layer; the input of the next layer is the
 * state of the one before:
 *
 * <pre>
 * GRU, gated recurrent unit (Cho et al. 2014), with the reset gate after the product, as PyTorch has it:
 *   r_t = σ(W_r·x_t + b_r + U_r·s_(t−1) + c_r)            reset gate
 *   u_t = σ(W_u·x_t + b_u + U_u·s_(t−1) + c_u)            update gate
 *   n_t = tanh(W_n·x_t + b_n + r_t ∘ (U_n·s_(t−1) + c_n)) candidate
 *   s_t = (1 − u_t) ∘ n_t + u_t ∘ s_(t−1)                 state
 *
 * LSTM, long short-term memory (Hochreiter and Schmidhuber 1997) with a forget gate (Gers, Schmidhuber and Cummins 2000):
 *   i_t = σ(W_i·x_t + b_i + U_i·s_(t−1) + c_i)            input gate; f_t forget gate, o_t output gate alike
 *   g_t = tanh(W_g·x_t + b_g + U_g·s_(t−1) + c_g)         candidate
 *   m_t = f_t ∘ m_(t−1) + i_t ∘ g_t                       memory
 *   s_t = o_t ∘ tanh(m_t)                                 state
 * </pre>
 */
public enum RecurrentCell {
    /** PyTorch stacks reset, update, new; ONNX update, reset, hidden. */
    GRU("gru", List.of(1, 0, 2), List.of(Attribute.of("linear_before_reset", 1))) {
        @Override
        public RecurrentBlock block(int hidden, int layers, float dropout) {
            return ai.djl
                    .nn
                    .recurrent
                    .GRU
                    .builder()
                    .setStateSize(hidden)
                    .setNumLayers(layers)
                    .optDropRate(dropout)
                    .build();
        }
    },

    /** PyTorch stacks input, forget, candidate, output; ONNX input, output, forget, candidate. */
    LSTM("lstm", List.of(0, 3, 1, 2), List.of()) {
        @Override
        public RecurrentBlock block(int hidden, int layers, float dropout) {
            return ai.djl
                    .nn
                    .recurrent
                    .LSTM
                    .builder()
                    .setStateSize(hidden)
                    .setNumLayers(layers)
                    .optDropRate(dropout)
                    .build();
        }
    };

    private final String key;
    private final List<Integer> gates;
    private final List<Attribute> attributes;

    RecurrentCell(String key, List<Integer> gates, List<Attribute> attributes) {
        this.key = key;
        this.gates = gates;
        this.attributes = attributes;
    }

    /** The trainable half: layers on one another, [B, hours, inputs] in, the last one's states [B, hours, hidden] out. */
    public final RecurrentBlock block(int hidden, int layers) {
        return block(hidden, layers, 0);
    }

    /**
     * The same, with dropout between the layers.
     *
     * @param dropout share of each layer's states that training hides from the next layer
     */
    public abstract RecurrentBlock block(int hidden, int layers, float dropout);

    /** Its name in the zoo. */
    public String key() {
        return key;
    }

    /** Where each of ONNX's gates stands among PyTorch's. */
    List<Integer> gates() {
        return gates;
    }

    /** What the ONNX operator, which is named like this constant, is told beside its hidden size. */
    List<Attribute> attributes() {
        return attributes;
    }
}
