package io.loadcast.zoo;

/**
 * A {@link Network} whose lowest and highest quantile lie at distances from the median that one factor per lead time and side
 * multiplies. The factors start at 1; no descent moves them.
 */
public interface ScaledInterval {

    /** The name of their tensor, [horizon, 2]: below the median, above it. */
    String INTERVAL_SCALE = "interval_scale";

    /**
     * Replaces the factors.
     *
     * @param factors [horizon, 2], row-major, all positive
     */
    void setIntervalScale(float[] factors);
}
