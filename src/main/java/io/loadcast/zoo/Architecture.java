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

    /** How many regions its networks know by number. Most know none, and are not told which region a window is of. */
    default int knownRegions() {
        return 0;
    }

    /**
     * This architecture, to be trained on so many regions: one that can tell regions apart knows these.
     *
     * @param regions 1 or more
     */
    default Architecture knowing(int regions) {
        return this;
    }

    /** How many numbers its networks are told of a window's region: its scale, its number, or nothing. */
    default int regionNumbers() {
        if (scaledByRegion()) {
            return RegionScale.numbers(calendarFeatures().size());
        }
        return knownRegions() == 0 ? 0 : 1;
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
     * {@code quantiles_mw} [batch, horizon, quantiles] out; {@code region} [batch, numbers] in too if it is told of the region.
     *
     * @param weights of a network of this architecture
     * @return a model without metadata
     */
    OnnxModel toOnnx(Weights weights);
}
