package io.loadcast.forecasting;

/** How much of a forecast's input was really read. */
public enum ForecastQuality {
    /** Every hour of the lookback was read. */
    OK,
    /** Some hours were imputed; the reason says how many. */
    IMPUTED,
    /** The model gave none: a rung of the ladder below it, as the method says, for the reason that is told. */
    FALLBACK
}
