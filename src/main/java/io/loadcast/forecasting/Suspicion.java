package io.loadcast.forecasting;

import io.loadcast.domain.Reading;
import java.util.Arrays;

/**
 * What is odd about a load that was read, judged by the loads of the hours before it that the state holds. A suspect reading is kept
 * as any other; one that is clearly wrong is kept out of what forecasts are made from and scored against.
 */
public enum Suspicion {
    /** Nothing. */
    NONE,
    /** No load at all: no region has none, but a meter that fails says so. */
    ZERO,
    /** Many times the median of the loads before it, or as small a part of it: another unit, or a fault. */
    SPIKE,
    /**
     * Equal to the loads of the hours before it, hour after hour. It stays input: a steady load exists, a wrong guess would cost the region
     * its forecasts, and what a stuck meter says is near the truth in its first hours.
     */
    FLATLINE;

    /** How many loads a new one is compared with. */
    static final int COMPARED = 24;

    private static final int FEWEST_COMPARED = 12;

    /** So many that as many as {@link #COMPARED} of one level among them are the majority. */
    private static final int LEVEL = 2 * COMPARED - 1;

    /** Whether the load is kept out of forecasts and scores. */
    public boolean isKeptOut() {
        return this == ZERO || this == SPIKE;
    }

    /** What is odd about a reading that the state is about to take. */
    static Suspicion of(RegionState state, Reading reading, IntakeRules rules) {
        float loadMw = (float) reading.loadMw();
        long hour = reading.epochHour();
        if (loadMw == 0) {
            return ZERO;
        }
        if (isSpike(state, hour, loadMw, rules.spikeFactor())) {
            return SPIKE;
        }
        return isFlat(state, hour, loadMw, rules.flatlineHours()) ? FLATLINE : NONE;
    }

    private static boolean isSpike(RegionState state, long hour, float loadMw, float factor) {
        float[] compared = new float[COMPARED];
        int count = state.ring().inputsBefore(hour, compared);
        if (count < FEWEST_COMPARED) {
            return false;
        }
        float least = compared[0];
        float most = compared[0];
        for (int i = 1; i < count; i++) {
            least = Math.min(least, compared[i]);
            most = Math.max(most, compared[i]);
        }
        // Near all of them is near their median too: the ordinary case, which needs no sorting.
        if (loadMw <= factor * least && factor * loadMw >= most) {
            return false;
        }
        return isFar(loadMw, compared, count, factor) && isOfNoNewLevel(state, hour, loadMw, factor);
    }

    /** A new level is believed after a day: when most of the newest loads were taken for spikes, and they speak for it. */
    private static boolean isOfNoNewLevel(RegionState state, long hour, float loadMw, float factor) {
        float[] newest = new float[LEVEL];
        int count = state.ring().loadsBefore(hour, newest);
        int keptOut = 0;
        for (int i = 0; i < count; i++) {
            keptOut += newest[i] < 0 ? 1 : 0;
            newest[i] = Math.abs(newest[i]);
        }
        return keptOut < COMPARED || isFar(loadMw, newest, count, factor);
    }

    /** @param loads are sorted */
    private static boolean isFar(float loadMw, float[] loads, int count, float factor) {
        Arrays.sort(loads, 0, count);
        float median = (loads[(count - 1) / 2] + loads[count / 2]) / 2;
        return loadMw > factor * median || factor * loadMw < median;
    }

    private static boolean isFlat(RegionState state, long hour, float loadMw, int hours) {
        for (int before = 1; before < hours; before++) {
            if (state.loadMw(hour - before) != loadMw) {
                return false;
            }
        }
        return true;
    }
}
