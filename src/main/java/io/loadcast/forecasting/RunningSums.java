package io.loadcast.forecasting;

import java.nio.ByteBuffer;

/** The sums of the running scores in a {@link RegionState}; a change is of a copy that whoever calls may change. */
final class RunningSums {
    /** sMAPE sums are in whole millionths of a percent. */
    static final double MICRO = 1e6;

    private RunningSums() {}

    /** Adds one score's terms, or subtracts them. */
    static void change(RegionState state, int lead, ScoreWindow window, Scoring.Terms terms, int sign) {
        ByteBuffer packed = state.mutablePacked();
        int at = state.layout().scoreAt(lead, window);
        set(
                state,
                lead,
                window,
                count(packed, at, window) + sign,
                inside(packed, at, window) + (terms.inInterval() ? sign : 0),
                packed.getLong(at + StateLayout.SMAPE) + (long) sign * terms.smapeMicroPct(),
                packed.getLong(at + StateLayout.BASELINE_SMAPE) + (long) sign * terms.baselineSmapeMicroPct());
    }

    static void set(
            RegionState state, int lead, ScoreWindow window, int count, int inside, long smape, long baselineSmape) {
        ByteBuffer packed = state.mutablePacked();
        int at = state.layout().scoreAt(lead, window);
        packed.putLong(at + StateLayout.SMAPE, smape).putLong(at + StateLayout.BASELINE_SMAPE, baselineSmape);
        if (window.isBounded()) {
            packed.putShort(at + StateLayout.COUNT, (short) count)
                    .putShort(at + StateLayout.COUNT + Short.BYTES, (short) inside);
        } else {
            packed.putInt(at + StateLayout.COUNT, count).putInt(at + StateLayout.COUNT + Integer.BYTES, inside);
        }
    }

    /** The means of the sums. */
    static RunningScore of(RegionState state, int lead, ScoreWindow window) {
        ByteBuffer packed = state.mutablePacked();
        int at = state.layout().scoreAt(lead, window);
        int count = count(packed, at, window);
        double inverse = count == 0 ? 0 : 1.0 / count;
        return new RunningScore(
                count,
                packed.getLong(at + StateLayout.SMAPE) / MICRO * inverse,
                packed.getLong(at + StateLayout.BASELINE_SMAPE) / MICRO * inverse,
                100.0 * inside(packed, at, window) * inverse);
    }

    private static int count(ByteBuffer packed, int at, ScoreWindow window) {
        return window.isBounded() ? packed.getShort(at + StateLayout.COUNT) : packed.getInt(at + StateLayout.COUNT);
    }

    private static int inside(ByteBuffer packed, int at, ScoreWindow window) {
        return window.isBounded()
                ? packed.getShort(at + StateLayout.COUNT + Short.BYTES)
                : packed.getInt(at + StateLayout.COUNT + Integer.BYTES);
    }
}
