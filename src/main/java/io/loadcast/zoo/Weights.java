package io.loadcast.zoo;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The learned tensors of a network by name, outside any engine: what a checkpoint stores and an ONNX graph is built from.
 *
 * @param tensors in the network's order; the arrays are shared, not copied
 */
public record Weights(Map<String, Tensor> tensors) {

    /**
     * One learned tensor.
     *
     * @param values row-major
     * @param shape the length of each axis
     */
    @SuppressWarnings("ArrayRecordComponent") // a carrier between engines; nobody compares it
    public record Tensor(float[] values, long[] shape) {}

    public Weights {
        tensors = new LinkedHashMap<>(tensors);
    }

    /** Whether there is a tensor of this name. */
    public boolean contains(String name) {
        return tensors.containsKey(name);
    }

    /** How many numbers all tensors have together. */
    public long count() {
        return tensors.values().stream()
                .mapToLong(tensor -> tensor.values().length)
                .sum();
    }

    /**
     * One tensor.
     *
     * @throws IllegalArgumentException if there is no tensor of this name
     */
    public Tensor get(String name) {
        Tensor tensor = tensors.get(name);
        if (tensor == null) {
            throw new IllegalArgumentException("no tensor '" + name + "' among " + tensors.keySet());
        }
        return tensor;
    }
}
