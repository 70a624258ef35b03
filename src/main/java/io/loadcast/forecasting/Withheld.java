package io.loadcast.forecasting;

/** Why a due hour passed without a forecast. */
public enum Withheld {
    /** The region has not been read for a day: too little even for the {@linkplain ForecastQuality#FALLBACK fallback}. */
    WARMING_UP,
    /** More of the lookback is missing than is imputed, and what is there is too little for the fallback too. */
    LONG_GAP,
    /** The model scales by region and was not trained on this one, so it has no scale for it; see {@link ModelManifest#forecasts}. */
    UNKNOWN_REGION,
    /** The model gave NaN or infinity; such output is never published. */
    NOT_FINITE
}
