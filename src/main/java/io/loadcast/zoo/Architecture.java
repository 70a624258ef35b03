package io.loadcast.zoo;

import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import io.loadcast.domain.CalendarFeature;
import io.loadcast.domain.Quantile;
import io.loadcast.onnxgraph.OnnxModel;
import java.util.ArrayList;
import java.util.List;

/**
 * A kind of model in one size: its shapes, its trainable network, and how trained weights become an ONNX graph. Immutable.
 */
public interface Architecture {

    /** Its key in the zoo and in a manifest. */
    String name();

    /** How large its networks are. */
    Sizes sizes();

    /** Past hours that it sees. */
    int lookbackHours();

    /** The largest lead time that it forecasts. */
    int horizonHours();

    /** The probability levels of its output, ascending. */
    List<Quantile> quantiles();

    /** The features of its {@code calendar} input, in order. */
    List<CalendarFeature> calendarFeatures();

    /**
     * How many numbers of a region its networks are told beside loads and calendar, such as the extremes that scale them. Most are
     * told none.
     */
    default int regionNumbers() {
        return 0;
    }

    /**
     * These numbers of one region.
     *
     * @param trainingLoadMw its loads that may train, in the order of time, MW, none missing
     * @return {@link #regionNumbers()} of them
     */
    default float[] regionNumbers(float[] trainingLoadMw) {
        return new float[0];
    }

    /** A new network without weights. */
    Network newNetwork();

    /** A new network with random weights, which live as long as the manager. */
    default Network newNetwork(NDManager manager) {
        Network network = newNetwork();
        List<Shape> inputs = new ArrayList<>();
        inputs.add(new Shape(1, lookbackHours()));
        inputs.add(new Shape(
                1, lookbackHours() + horizonHours(), calendarFeatures().size()));
        if (regionNumbers() > 0) {
            inputs.add(new Shape(1, regionNumbers()));
        }
        network.initialize(manager, DataType.FLOAT32, inputs.toArray(Shape[]::new));
        return network;
    }

    /**
     * The serving half: {@code load_mw} [batch, lookback] and {@code calendar} [batch, lookback + horizon, features] in,
     * {@code quantiles_mw} [batch, horizon, quantiles] out.
     *
     * @param weights of a network of this architecture
     * @return a model without metadata
     */
    OnnxModel toOnnx(Weights weights);
}
