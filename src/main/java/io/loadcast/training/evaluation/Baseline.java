package io.loadcast.training.evaluation;

import io.loadcast.dataset.PresentHours;

/** A forecast that needs no model: what every model has to beat. */
public enum Baseline {
    /** The last load, again. */
    LAST_VALUE("last-value") {
        @Override
        float forecastMw(PresentHours rows, int origin, int lead) {
            return rows.loadMw(origin);
        }
    },
    /** The last load, changed by the factor by which the load changed over the same hours a day before. */
    DAILY_RATIO("ratio") {
        @Override
        float forecastMw(PresentHours rows, int origin, int lead) {
            float dayBefore = rows.loadMw(origin - DAY);
            return dayBefore == 0
                    ? rows.loadMw(origin)
                    : rows.loadMw(origin) * rows.loadMw(origin + lead - DAY) / dayBefore;
        }
    },
    /** The load of the same hour on the last day known. */
    SEASONAL_NAIVE("seasonal-naive-24h") {
        @Override
        float forecastMw(PresentHours rows, int origin, int lead) {
            return rows.loadMw(origin + lead - DAY);
        }
    };

    private static final int DAY = 24;

    private final String key;

    Baseline(String key) {
        this.key = key;
    }

    /** The name in reports. */
    public String key() {
        return key;
    }

    /**
     * The forecast in MW.
     *
     * @param origin the last row that may be used
     * @param lead 1 … 24 rows ahead
     */
    abstract float forecastMw(PresentHours rows, int origin, int lead);
}
