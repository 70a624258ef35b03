package io.loadcast.replay;

import io.loadcast.app.EngineDecoration;
import io.loadcast.forecasting.ForecastEngine;
import io.loadcast.forecasting.ForecastEngineException;
import org.jspecify.annotations.Nullable;

/**
 * Nothing around the engine, but a look at its model: a replay has the same one from its first to its last forecast.
 *
 * @param sha256 of the model; null if any will do
 */
record OneModel(@Nullable String sha256) implements EngineDecoration {

    /** @throws ForecastEngineException if the model is another */
    @Override
    public ForecastEngine around(ForecastEngine engine) {
        String given = engine.model().sha256();
        if (sha256 != null && !sha256.equals(given)) {
            engine.close();
            throw new ForecastEngineException("the replay was started with the model of SHA-256 " + sha256
                    + ", and this is " + given + ": give the --model of before, another --out-suffix, or --restart");
        }
        return engine;
    }
}
