package io.loadcast.forecasting;

import java.util.Locale;

/** What made a forecast: the model, or what stands in for it, from the rung that asks for most to the one that asks for least. */
public enum ForecastMethod {
    /** The model that is served. */
    MODEL,
    /** The region's {@linkplain LoadProfile profile} of the week, at the level of the newest load. */
    HOUR_OF_WEEK,
    /** The same hour of the newest day that has it, scaled by how the newest load compares with that day. */
    RATIO,
    /** The newest load. */
    LAST_VALUE;

    private final String key = name().toLowerCase(Locale.ROOT).replace('_', '-');

    /** What forecasts and counters call it: {@code hour-of-week}. */
    public String key() {
        return key;
    }
}
