package io.loadcast.zoo.logratio;

import io.loadcast.onnxgraph.Attribute;
import io.loadcast.onnxgraph.GraphBuilder;
import io.loadcast.onnxgraph.Value;
import io.loadcast.zoo.Weights;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * ONNX recurrent layers with the tensors of DJL's block, as many as it has. DJL stacks gates as PyTorch does, ONNX in another
 * order; both add two biases, one to the input's product and one to the state's.
 *
 * @param block the name of the DJL block, which its tensors' names begin with
 */
public record RecurrentLayers(GraphBuilder graph, Weights weights, String block, RecurrentCell cell) {

    /**
     * The layers on one another, all from a state of zero.
     *
     * @param sequence [hours, B, inputs]
     * @return the last layer's state after each hour, [hours, B, hidden]
     */
    public Value states(Value sequence) {
        Value states = sequence;
        for (int layer = 0; weights.contains(tensor(layer, "h2h_WEIGHT")); layer++) {
            states = layer(layer, inputs(states, layer));
        }
        return states;
    }

    /**
     * A single layer from a state other than zero.
     *
     * @param sequence [hours, B, inputs]
     * @param start the state before the first hour, [B, hidden]
     * @return the state after each hour, [hours, B, hidden]
     */
    public Value states(Value sequence, Value start) {
        List<Value> inputs = new ArrayList<>(inputs(sequence, 0));
        inputs.add(new Value("")); // all sequences are of the same length
        inputs.add(graph.unsqueeze(start, 0));
        return layer(0, inputs);
    }

    private Value layer(int layer, List<Value> inputs) {
        List<Attribute> attributes = new ArrayList<>(cell.attributes());
        attributes.add(Attribute.of(
                "hidden_size", weights.get(tensor(layer, "h2h_WEIGHT")).shape()[1]));
        return graph.squeeze(graph.op(cell.name(), inputs, attributes.toArray(Attribute[]::new)), 1);
    }

    private List<Value> inputs(Value sequence, int layer) {
        Weights.Tensor input = weights.get(tensor(layer, "i2h_WEIGHT"));
        Weights.Tensor state = weights.get(tensor(layer, "h2h_WEIGHT"));
        float[] inputBias = reordered(weights.get(tensor(layer, "i2h_BIAS")));
        float[] bias = Arrays.copyOf(inputBias, 2 * inputBias.length);
        System.arraycopy(
                reordered(weights.get(tensor(layer, "h2h_BIAS"))), 0, bias, inputBias.length, inputBias.length);
        String name = block + "_" + layer;
        return List.of(
                sequence,
                graph.floats(name + "_w", reordered(input), 1, input.shape()[0], input.shape()[1]),
                graph.floats(name + "_r", reordered(state), 1, state.shape()[0], state.shape()[1]),
                graph.floats(name + "_b", bias, 1, bias.length));
    }

    private String tensor(int layer, String name) {
        return block + "_l_" + layer + "_" + name;
    }

    private float[] reordered(Weights.Tensor tensor) {
        float[] values = tensor.values();
        int gate = values.length / cell.gates().size();
        float[] reordered = new float[values.length];
        for (int i = 0; i < cell.gates().size(); i++) {
            System.arraycopy(values, cell.gates().get(i) * gate, reordered, i * gate, gate);
        }
        return reordered;
    }
}
