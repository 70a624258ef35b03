package io.loadcast.training;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import io.loadcast.zoo.Network;
import io.loadcast.zoo.Weights;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The exponential moving average of a network's learnt weights (Polyak and Juditsky 1992 average them all alike):
 * {@code a ← d·a + (1 − d)·w} after each step, with {@code d = min(decay, (1 + steps) / (10 + steps))}, so that the first weights
 * are soon forgotten. Its tensors live as long as the network's.
 */
final class WeightAverage {
    private final Network network;
    private final double decay;
    private final Map<String, Pair> pairs = new LinkedHashMap<>();

    /** A learnt tensor and its average. */
    private record Pair(NDArray weight, NDArray average) {}

    /** @param decay above 0, below 1 */
    WeightAverage(Network network, double decay) {
        this.network = network;
        this.decay = decay;
        network.namedParameters().forEach((name, parameter) -> {
            if (network.learns(name)) {
                NDArray weight = parameter.getArray();
                pairs.put(name, new Pair(weight, weight.duplicate()));
            }
        });
    }

    /**
     * Takes in the weights as they are.
     *
     * @param steps that led to them
     */
    void add(long steps, NDManager scratch) {
        float kept = (float) Math.min(decay, (1.0 + steps) / (10.0 + steps));
        for (Pair pair : pairs.values()) {
            NDArray moved = pair.weight().mul(1 - kept);
            moved.attach(scratch);
            pair.average().muli(kept).addi(moved);
        }
    }

    /** All weights of the network, with averages for those that are learnt. */
    Weights weights() {
        Map<String, Weights.Tensor> tensors =
                new LinkedHashMap<>(network.weights().tensors());
        tensors.replaceAll((name, tensor) -> {
            Pair pair = pairs.get(name);
            return pair == null ? tensor : new Weights.Tensor(pair.average().toFloatArray(), tensor.shape());
        });
        return new Weights(tensors);
    }

    /** Takes the averages back that {@link #weights} gave. */
    void restore(Weights weights) {
        pairs.forEach((name, pair) -> pair.average().set(weights.get(name).values()));
    }
}
