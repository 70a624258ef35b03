package io.loadcast.models;

import io.loadcast.forecasting.ForecastEngine;
import io.loadcast.inference.ModelFile;

/** How a model becomes an engine that may forecast: opened on its device, tried, and warm. */
@FunctionalInterface
public interface ModelOpening {

    /**
     * Opens a model. The caller closes it.
     *
     * @throws io.loadcast.forecasting.ForecastEngineException if the model cannot be served; says why
     */
    ForecastEngine open(ModelFile file);
}
