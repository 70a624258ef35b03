package io.loadcast.onnxgraph;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/**
 * What a model file declares of one of its inputs or outputs.
 *
 * @param name its name in the graph
 * @param isFloat32 whether its elements are float32
 * @param shape the length of each axis; {@value #ANY} where any length fits
 */
public record TensorSpec(String name, boolean isFloat32, List<Long> shape) {
    public static final long ANY = -1;

    public TensorSpec {
        shape = List.copyOf(shape);
    }

    /** A float32 tensor of shape {@code [any, shape…]}. */
    public static TensorSpec batched(String name, long... shape) {
        List<Long> dims = new ArrayList<>(List.of(ANY));
        Arrays.stream(shape).forEach(dims::add);
        return new TensorSpec(name, true, dims);
    }

    /** For people: {@code load_mw float32 [batch, 90]}. */
    @Override
    public String toString() {
        return name
                + (isFloat32 ? " float32 " : " (not float32) ")
                + shape.stream()
                        .map(length -> length == ANY ? "batch" : length.toString())
                        .collect(Collectors.joining(", ", "[", "]"));
    }
}
