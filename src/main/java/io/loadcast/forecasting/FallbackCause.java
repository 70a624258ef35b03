package io.loadcast.forecasting;

/** Why a forecast is not the model's. */
public enum FallbackCause {
    /** The model has not forecast the region yet, and too little of its lookback was read. */
    WARMING_UP,
    /** More of the lookback is missing than is imputed. */
    LONG_GAP,
    /** The model scales by region and was not trained on this one, so it has no scale for it; see {@link ModelManifest#forecasts}. */
    UNKNOWN_REGION,
    /** The model gave NaN or infinity; such output is never published. */
    NOT_FINITE;

    /** Why the model has not forecast a due hour. */
    static FallbackCause of(DueHour due, RegionState state, boolean modelKnowsRegion) {
        if (due.input() instanceof ForecastInput.OfModel) {
            return NOT_FINITE;
        }
        if (!modelKnowsRegion) {
            return UNKNOWN_REGION;
        }
        return state.modelHasForecast() ? LONG_GAP : WARMING_UP;
    }
}
