package io.loadcast.app;

import io.loadcast.forecasting.ForecastEngine;

/** What is put around the engines of a {@link LoadcastServer}, such as a clock. */
@FunctionalInterface
public interface EngineDecoration {

    /**
     * Called for each model that is opened: once before the topology starts, and then by one thread at a time.
     *
     * @return an engine that hands all calls on to the given one, {@code close} too
     */
    ForecastEngine around(ForecastEngine engine);
}
