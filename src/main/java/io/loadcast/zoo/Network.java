package io.loadcast.zoo;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.nn.AbstractBlock;
import ai.djl.nn.Parameter;
import ai.djl.training.ParameterStore;
import ai.djl.util.Pair;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The trainable half of an architecture: a DJL block that forecasts from several hours of each window at once, its
 * <em>anchors</em>, so that one pass over a window teaches as much as many windows would.
 *
 * <p>{@code forward} takes {@code load_mw} [B, lookback] and {@code calendar} [B, lookback + horizon, features] and gives the
 * quantiles of log(y[a+h] / y[a]) as [B, anchors, horizon, quantiles]. A forecast at anchor a sees no load after hour a. The
 * last anchor is the window's last hour: the one that serving uses. Not thread-safe. Whoever initialised it with a manager
 * closes that manager.
 */
public abstract class Network extends AbstractBlock {

    /** The first hour of the window, from 0, at which it forecasts; from there every hour up to the last one. */
    public abstract int firstAnchor();

    /** How many hours of each window it forecasts from. */
    public abstract int anchors();

    /** How many lags its linear part takes. */
    public abstract int linearLags();

    /** Replaces the coefficients of its linear part. */
    public abstract void setLinear(LinearForecast linear);

    /** What the learning rate is multiplied with for one of its tensors. */
    public abstract float learningRateFactor(String tensor);

    /** Whether training draws one of its tensors towards zero. */
    public abstract boolean decays(String tensor);

    /**
     * What {@code forward} is to forecast.
     *
     * @param loadMw [B, lookback + horizon]
     * @return log(y[a+h] / y[a]) as [B, anchors, horizon]
     */
    public abstract NDArray targets(NDArray loadMw);

    /**
     * The forecast from the window's last hour, in MW: what the ONNX graph computes.
     *
     * @param loadMw [B, lookback]
     * @param calendar [B, lookback + horizon, features]
     * @return [B, horizon, quantiles], in the manager of {@code loadMw}
     */
    public abstract NDArray quantilesMw(ParameterStore store, NDArray loadMw, NDArray calendar);

    /** {@code forward} on its two inputs. */
    public final NDArray logRatios(ParameterStore store, NDArray loadMw, NDArray calendar, boolean training) {
        return forward(store, new NDList(loadMw, calendar), training).head();
    }

    /** Its learnable parameters by the names that {@link Weights} uses. */
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

    /** Overwrites one parameter's values, in place, so that an optimizer and a store keep their hold of it. */
    protected static void overwrite(Parameter parameter, float[] values, String name) {
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
