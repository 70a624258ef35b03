package io.loadcast.forecasting;

/** How much of a forecast's input was really read. */
public enum ForecastQuality {
    /** Every hour of the lookback was read. */
    OK,
    /** Some hours were imputed; the reason says how many. */
    IMPUTED,
    /** Too many hours are missing for the model: a simple baseline, as the reason says. */
    FALLBACK
}
