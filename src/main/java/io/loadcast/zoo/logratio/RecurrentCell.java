package io.loadcast.zoo.logratio;

import ai.djl.nn.recurrent.RecurrentBlock;
import io.loadcast.onnxgraph.Attribute;
import java.util.List;

/**
 * A cell of recurrent layers, in both halves; paper and formulas at {@link io.loadcast.zoo.gru.Gru} and
 * {@link io.loadcast.zoo.lstm.Lstm}.
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
