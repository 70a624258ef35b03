package io.loadcast.zoo;

import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import io.loadcast.domain.CalendarFeature;
import io.loadcast.domain.Quantile;
import io.loadcast.domain.RegionScale;
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

    /** Whether its networks are told each window's {@link RegionScale}, beside loads and calendar. Most are not. */
    default boolean scaledByRegion() {
        return false;
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
        if (scaledByRegion()) {
            inputs.add(new Shape(1, RegionScale.numbers(calendarFeatures().size())));
        }
        network.initialize(manager, DataType.FLOAT32, inputs.toArray(Shape[]::new));
        return network;
    }

    /**
     * The serving half: {@code load_mw} [batch, lookback] and {@code calendar} [batch, lookback + horizon, features] in,
     * {@code quantiles_mw} [batch, horizon, quantiles] out; {@code region} [batch, numbers] in too if it is scaled by region.
     *
     * @param weights of a network of this architecture
     * @return a model without metadata
     */
    OnnxModel toOnnx(Weights weights);
}
