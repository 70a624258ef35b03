package io.loadcast.domain;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The hours that a model looks back on, complete: hours without a reading are imputed by the ratio rule.
 *
 * <p>A missing hour becomes {@code y(t−1) · y(t−24) / y(t−25)}: the last hour, changed as it changed the day before; where the
 * day before cannot say, the last hour. Missing hours are filled oldest first, so a run of them builds on itself.
 *
 * @param issueHour the hour (see {@link EpochHour}) of the last load
 * @param loadMw loads in MW, oldest first, all finite
 * @param imputedHours how many of them are imputed
 */
public record LookbackWindow(long issueHour, float[] loadMw, int imputedHours) {
    private static final int DAY = 24;

    /** Hours before the window that the ratio rule may need. */
    public static final int CONTEXT_HOURS = DAY + 1;

    /**
     * Completes a window.
     *
     * @param issueHour the hour of the last load
     * @param contextAndWindowMw {@link #CONTEXT_HOURS} loads before the window, then the window's, oldest first; NaN where there
     *     is no reading that can be believed; is changed
     * @param limits how much of the window may be imputed
     * @return null if more is missing, or if hours are missing at the start with nothing before them
     */
    public static @Nullable LookbackWindow complete(
            long issueHour, float[] contextAndWindowMw, ImputationLimits limits) {
        int maxHours = limits.maxHours(contextAndWindowMw.length - CONTEXT_HOURS);
        int imputed = 0;
        int run = 0;
        for (int i = 1; i < contextAndWindowMw.length; i++) {
            if (!Float.isNaN(contextAndWindowMw[i])) {
                run = 0;
                continue;
            }
            contextAndWindowMw[i] = ratioRule(contextAndWindowMw, i);
            if (i >= CONTEXT_HOURS && (++imputed > maxHours || ++run > limits.maxRunHours())) {
                return null;
            }
        }
        float[] window = Arrays.copyOfRange(contextAndWindowMw, CONTEXT_HOURS, contextAndWindowMw.length);
        return Float.isNaN(window[0]) ? null : new LookbackWindow(issueHour, window, imputed);
    }

    private static float ratioRule(float[] mw, int i) {
        float last = mw[i - 1];
        if (i < CONTEXT_HOURS) {
            return last;
        }
        float scaled = last * (mw[i - DAY] / mw[i - DAY - 1]);
        return Float.isFinite(scaled) ? scaled : last;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof LookbackWindow window
                && issueHour == window.issueHour
                && imputedHours == window.imputedHours
                && Arrays.equals(loadMw, window.loadMw);
    }

    @Override
    public int hashCode() {
        return 31 * Long.hashCode(issueHour) + Arrays.hashCode(loadMw);
    }
}
