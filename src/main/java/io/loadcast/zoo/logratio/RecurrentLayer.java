package io.loadcast.zoo.logratio;

import io.loadcast.onnxgraph.Attribute;
import io.loadcast.onnxgraph.GraphBuilder;
import io.loadcast.onnxgraph.Value;
import io.loadcast.zoo.Weights;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * An ONNX recurrent layer with the tensors of DJL's block of one layer. DJL stacks gates as PyTorch does, ONNX in another order;
 * both add two biases, one to the input's product and one to the state's.
 *
 * @param block the name of the DJL block, which its tensors' names begin with
 */
public record RecurrentLayer(GraphBuilder graph, Weights weights, String block) {
    /** PyTorch stacks reset, update, new; ONNX update, reset, hidden. */
    private static final int[] GRU_GATES = {1, 0, 2};

    /** PyTorch stacks input, forget, candidate, output; ONNX input, output, forget, candidate. */
    private static final int[] LSTM_GATES = {0, 3, 1, 2};

    /**
     * A GRU whose reset gate acts on the state's product and its bias, as in PyTorch.
     *
     * @param sequence [hours, B, inputs]
     * @return the state after each hour, [hours, B, hidden]
     */
    public Value gru(Value sequence) {
        Attribute resetAfterProduct = Attribute.of("linear_before_reset", 1);
        return graph.squeeze(graph.op("GRU", inputs(sequence, GRU_GATES), hiddenSize(), resetAfterProduct), 1);
    }

    /**
     * The same GRU, from a state other than zero.
     *
     * @param sequence [hours, B, inputs]
     * @param start the state before the first hour, [B, hidden]
     * @return the state after each hour, [hours, B, hidden]
     */
    public Value gru(Value sequence, Value start) {
        List<Value> inputs = new ArrayList<>(inputs(sequence, GRU_GATES));
        inputs.add(new Value("")); // all sequences are of the same length
        inputs.add(graph.unsqueeze(start, 0));
        return graph.squeeze(graph.op("GRU", inputs, hiddenSize(), Attribute.of("linear_before_reset", 1)), 1);
    }

    /**
     * An LSTM with a forget gate and without peepholes.
     *
     * @param sequence [hours, B, inputs]
     * @return the state after each hour, [hours, B, hidden]
     */
    public Value lstm(Value sequence) {
        return graph.squeeze(graph.op("LSTM", inputs(sequence, LSTM_GATES), hiddenSize()), 1);
    }

    private Attribute hiddenSize() {
        return Attribute.of("hidden_size", tensor("h2h_WEIGHT").shape()[1]);
    }

    private List<Value> inputs(Value sequence, int[] gates) {
        Weights.Tensor input = tensor("i2h_WEIGHT");
        Weights.Tensor state = tensor("h2h_WEIGHT");
        float[] inputBias = reordered(tensor("i2h_BIAS"), gates);
        float[] bias = Arrays.copyOf(inputBias, 2 * inputBias.length);
        System.arraycopy(reordered(tensor("h2h_BIAS"), gates), 0, bias, inputBias.length, inputBias.length);
        return List.of(
                sequence,
                graph.floats(block + "_w", reordered(input, gates), 1, input.shape()[0], input.shape()[1]),
                graph.floats(block + "_r", reordered(state, gates), 1, state.shape()[0], state.shape()[1]),
                graph.floats(block + "_b", bias, 1, bias.length));
    }

    private Weights.Tensor tensor(String name) {
        return weights.get(block + "_l_0_" + name);
    }

    private static float[] reordered(Weights.Tensor tensor, int[] gates) {
        float[] values = tensor.values();
        int gate = values.length / gates.length;
        float[] reordered = new float[values.length];
        for (int i = 0; i < gates.length; i++) {
            System.arraycopy(values, gates[i] * gate, reordered, i * gate, gate);
        }
        return reordered;
    }
}
