package io.loadcast.forecasting;

/** Why a due hour passed without a forecast: not one load is known that even {@link ForecastMethod#LAST_VALUE} could repeat. */
public enum Withheld {
    /** Of a region that the model has never forecast. */
    WARMING_UP,
    /** Of one that it has. */
    LONG_GAP
}
