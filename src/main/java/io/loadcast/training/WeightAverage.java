package io.loadcast.training;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.nn.Parameter;
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
    private final Map<String, NDArray> averages = new LinkedHashMap<>();

    /** @param decay above 0, below 1 */
    WeightAverage(Network network, double decay) {
        this.network = network;
        this.decay = decay;
        network.namedParameters().forEach((name, parameter) -> {
            if (network.learns(name)) {
                averages.put(name, parameter.getArray().duplicate());
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
        Map<String, Parameter> parameters = network.namedParameters();
        averages.forEach((name, average) -> {
            NDArray weight = parameters.get(name).getArray().mul(1 - kept);
            weight.attach(scratch);
            average.muli(kept).addi(weight);
        });
    }

    /** All weights of the network, with averages for those that are learnt. */
    Weights weights() {
        Map<String, Weights.Tensor> tensors =
                new LinkedHashMap<>(network.weights().tensors());
        tensors.replaceAll((name, tensor) -> {
            NDArray average = averages.get(name);
            return average == null ? tensor : new Weights.Tensor(average.toFloatArray(), tensor.shape());
        });
        return new Weights(tensors);
    }

    /** Takes the averages back that {@link #weights} gave. */
    void restore(Weights weights) {
        averages.forEach((name, average) -> average.set(weights.get(name).values()));
    }
}
