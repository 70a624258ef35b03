package io.loadcast.app;

import io.loadcast.forecasting.ForecastEngine;

/** What is put around the engine of a {@link LoadcastServer}, such as a clock. */
@FunctionalInterface
public interface EngineDecoration {

    /**
     * Called once, before the topology starts.
     *
     * @return an engine that hands all calls on to the given one, {@code close} too
     */
    ForecastEngine around(ForecastEngine engine);
}
