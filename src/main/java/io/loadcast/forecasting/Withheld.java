package io.loadcast.forecasting;

/** Why a due hour passed without a forecast. */
public enum Withheld {
    /** The warm-up is not over, or too many hours of the lookback are missing. */
    INCOMPLETE_LOOKBACK,
    /** The model gave NaN or infinity; such output is never published. */
    NOT_FINITE
}
