package io.loadcast.domain;

/** A forecast that needs no model: what every model has to beat. */
public enum Baseline {
    /** The last load, again. */
    LAST_VALUE("last-value") {
        @Override
        public float forecastMw(float[] lookbackMw, int leadHours) {
            return lookbackMw[lookbackMw.length - 1];
        }
    },
    /**
     * The load of the same hour a day before, scaled by how the last load compares with the load a day before it:
     * {@code y(t) · y(t+h−24) / y(t−24)}. For the next hour this is {@code last · y(t−24) / y(t−25)}, counted from the hour that is
     * forecast. The last load where there is no such ratio.
     */
    RATIO("ratio") {
        @Override
        public float forecastMw(float[] lookbackMw, int leadHours) {
            int last = lookbackMw.length - 1;
            float scaled = lookbackMw[last]
                    * (lookbackMw[last + leadHours - MAX_LEAD_HOURS] / lookbackMw[last - MAX_LEAD_HOURS]);
            return Float.isFinite(scaled) ? scaled : lookbackMw[last];
        }
    },
    /** The load of the same hour on the last day known. */
    SEASONAL_NAIVE("seasonal-naive-24h") {
        @Override
        public float forecastMw(float[] lookbackMw, int leadHours) {
            return lookbackMw[lookbackMw.length - 1 + leadHours - MAX_LEAD_HOURS];
        }
    };

    /** One day: what they know of the past reaches no further into the future. */
    public static final int MAX_LEAD_HOURS = 24;

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
     * @param lookbackMw loads in MW, hour by hour, the last one at the issue time; at least 25
     * @param leadHours 1 … {@link #MAX_LEAD_HOURS}
     */
    public abstract float forecastMw(float[] lookbackMw, int leadHours);
}
