package io.loadcast.zoo;

import io.loadcast.domain.CalendarFeature;
import io.loadcast.domain.Quantile;
import io.loadcast.onnxgraph.OnnxModel;
import java.util.List;

/** A kind of model: its shapes, its trainable network, and how trained weights become an ONNX graph. Immutable. */
public interface Architecture {

    /** Its key in the zoo and in a manifest. */
    String name();

    /** Past hours that it sees. */
    int lookbackHours();

    /** The largest lead time that it forecasts. */
    int horizonHours();

    /** The probability levels of its output, ascending. */
    List<Quantile> quantiles();

    /** The features of its {@code calendar} input, in order. */
    List<CalendarFeature> calendarFeatures();

    /** A new network without weights. */
    Network newNetwork();

    /**
     * The serving half: {@code load_mw} [batch, lookback] and {@code calendar} [batch, lookback + horizon, features] in,
     * {@code quantiles_mw} [batch, horizon, quantiles] out.
     *
     * @param weights of a network of this architecture
     * @return a model without metadata
     */
    OnnxModel toOnnx(Weights weights);
}
