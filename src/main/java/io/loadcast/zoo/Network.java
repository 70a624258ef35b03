package io.loadcast.zoo;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.nn.AbstractBlock;
import ai.djl.nn.Parameter;
import ai.djl.training.ParameterStore;
import ai.djl.util.Pair;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The trainable half of an architecture: a DJL block that forecasts from several hours of each window at once, its
 * <em>anchors</em>, so that one pass over a window teaches as much as many windows would.
 *
 * <p>It learns in a <em>loss space</em> of its own, such as log-ratios or scaled loads: {@link #forecasts} and {@link #targets} are
 * comparable numbers there, and {@link #quantilesMw} leads back to MW. A forecast at an anchor sees no load after that hour. The
 * last anchor is the window's last hour: the one that serving uses.
 *
 * <p>A network that a fit in closed form can start from is a {@link LinearPart} too, and one whose interval can be calibrated a
 * {@link ScaledInterval}. Not thread-safe. Whoever initialised it with a manager closes that manager.
 */
public abstract class Network extends AbstractBlock {

    /** The first hour of the window, from 0, at which it forecasts; from there every hour up to the last one. */
    public abstract int firstAnchor();

    /** How many hours of each window it forecasts from. */
    public abstract int anchors();

    /** Whether gradient descent moves one of its tensors. */
    public abstract boolean learns(String tensor);

    /** What the learning rate is multiplied with for one of its tensors. */
    public abstract float learningRateFactor(String tensor);

    /** Whether weight decay draws one of its tensors towards zero. */
    public abstract boolean decays(String tensor);

    /**
     * What it is to forecast, in loss space.
     *
     * @param loadMw [B, lookback + horizon]
     * @param seen what it sees of these windows
     * @return [B, anchors, horizon]
     */
    public abstract NDArray targets(NDArray loadMw, NetworkInput seen);

    /**
     * The forecast from the window's last hour, in MW: what the ONNX graph computes.
     *
     * @return [B, horizon, quantiles], in the manager of {@code seen}
     */
    public abstract NDArray quantilesMw(ParameterStore store, NetworkInput seen);

    /**
     * The forecasts from all anchors, in loss space: {@code forward} on these inputs.
     *
     * @param training whether dropout hides something
     * @return [B, anchors, horizon, quantiles]
     */
    public final NDArray forecasts(ParameterStore store, NetworkInput seen, boolean training) {
        return forward(store, seen.toList(), training).head();
    }

    /** What moves its median after descent; empty if nothing does. */
    public Optional<CalibratedMedian> calibratedMedian() {
        return Optional.empty();
    }

    /** Whether gradient descent has anything to move. */
    public final boolean learns() {
        return namedParameters().keySet().stream().anyMatch(this::learns);
    }

    /** All its parameters by the names that {@link Weights} uses. */
    public final Map<String, Parameter> namedParameters() {
        Map<String, Parameter> named = new LinkedHashMap<>();
        for (Pair<String, Parameter> entry : getParameters()) {
            // DJL puts the position of each child before its name: 02gru_weight
            named.put(entry.getKey().replaceAll("(^|_)\\d\\d(?=[a-zA-Z])", "$1"), entry.getValue());
        }
        return named;
    }

    /** A copy of all its weights. */
    public final Weights weights() {
        Map<String, Weights.Tensor> tensors = new LinkedHashMap<>();
        namedParameters().forEach((name, parameter) -> {
            NDArray array = parameter.getArray();
            tensors.put(
                    name,
                    new Weights.Tensor(array.toFloatArray(), array.getShape().getShape()));
        });
        return new Weights(tensors);
    }

    /**
     * Overwrites all its weights.
     *
     * @throws IllegalArgumentException if a tensor is missing or has another size
     */
    public final void setWeights(Weights weights) {
        namedParameters()
                .forEach((name, parameter) ->
                        overwrite(parameter, weights.get(name).values(), name));
    }

    /**
     * An array times a number. DJL's own {@code mul(Number)} frees the number at once, though backward still needs it: a gradient
     * is then wrong whenever the garbage collector ran in between. So does every method of an array that takes a {@code Number}
     * and whose gradient depends on it; here the number lives as long as the manager.
     */
    public static NDArray times(NDArray array, float factor) {
        return array.mul(array.getManager().create(factor));
    }

    /** Overwrites one parameter's values, in place, so that an optimizer and a store keep their hold of it. */
    public static void overwrite(Parameter parameter, float[] values, String name) {
        NDArray array = parameter.getArray();
        if (array.size() != values.length) {
            throw new IllegalArgumentException(
                    "tensor '" + name + "' has " + values.length + " values; the network wants " + array.size());
        }
        try (NDManager scratch = array.getManager().newSubManager()) {
            NDArray source = scratch.create(values, array.getShape());
            boolean learning = array.hasGradient();
            array.setRequiresGradient(false);
            source.copyTo(array);
            array.setRequiresGradient(learning);
        }
    }
}
