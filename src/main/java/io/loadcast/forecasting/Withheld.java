package io.loadcast.forecasting;

/** Why a due hour passed without a forecast. */
public enum Withheld {
    /** The warm-up is not over, or too many hours of the lookback are missing. */
    INCOMPLETE_LOOKBACK,
    /** The model scales by region and was not trained on this one, so it has no scale for it; see {@link ModelManifest#forecasts}. */
    UNKNOWN_REGION,
    /** The model gave NaN or infinity; such output is never published. */
    NOT_FINITE
}
