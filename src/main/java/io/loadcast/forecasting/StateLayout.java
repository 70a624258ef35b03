package io.loadcast.forecasting;

import io.loadcast.domain.LookbackWindow;

/**
 * Where what lies in a packed {@link RegionState}, in bytes, big-endian:
 *
 * <pre>
 * header   format (1) · lookback (2) · backlog (2) · horizon (2) · newest reading hour (8) · newest forecast hour (8)
 * ring     [context + lookback + backlog] load in MW as float32, NaN where missing; hour h lies at slot h mod length
 * issues   [horizon] issue hour (8) · [horizon] p10, p50, p90, baseline as float32; issue hour h lies at slot h mod horizon
 * scores   [horizon] leads · [24 h, 168 h, all] count (4) · inside (4) · sMAPE (8) · baseline's sMAPE (8)
 * </pre>
 *
 * sMAPE sums are whole millionths of a percent: adding and later subtracting a term leaves nothing behind, so a running score
 * never drifts and a replay reaches the same figures bit for bit.
 *
 * @param lookbackHours hours that the model sees
 * @param backlogHours hours that may arrive before the first of them is forecast
 * @param horizonHours the largest lead time
 */
public record StateLayout(int lookbackHours, int backlogHours, int horizonHours) {
    static final byte FORMAT = 1;
    static final int VALUES_PER_POINT = 4;

    static final int FORMAT_AT = 0;
    static final int LOOKBACK_AT = 1;
    static final int BACKLOG_AT = 3;
    static final int HORIZON_AT = 5;
    static final int NEWEST_READING_AT = 7;
    static final int NEWEST_FORECAST_AT = 15;
    static final int RING_AT = 23;

    // Within a running score, after its count.
    static final int INSIDE = Integer.BYTES;
    static final int SMAPE = INSIDE + Integer.BYTES;
    static final int BASELINE_SMAPE = SMAPE + Long.BYTES;
    static final int SCORE_BYTES = BASELINE_SMAPE + Long.BYTES;

    /** @throws IllegalArgumentException if a length is not in 1 … 32767 */
    public StateLayout {
        requireShort("lookback", lookbackHours);
        requireShort("backlog", backlogHours);
        requireShort("horizon", horizonHours);
    }

    /** The layout that serves a model. */
    public static StateLayout of(ModelManifest manifest, int backlogHours) {
        return new StateLayout(manifest.lookbackHours(), backlogHours, manifest.horizonHours());
    }

    private static void requireShort(String field, int hours) {
        if (hours < 1 || hours > Short.MAX_VALUE) {
            throw new IllegalArgumentException(field + " of " + hours + " hours is not in 1 … " + Short.MAX_VALUE);
        }
    }

    int ringHours() {
        return LookbackWindow.CONTEXT_HOURS + lookbackHours + backlogHours;
    }

    int ringAt(long hour) {
        return RING_AT + Float.BYTES * Math.floorMod(hour, ringHours());
    }

    private int issueBytes() {
        return Long.BYTES + horizonHours * VALUES_PER_POINT * Float.BYTES;
    }

    private int issuesAt() {
        return RING_AT + ringHours() * Float.BYTES;
    }

    int issueAt(long issueHour) {
        return issuesAt() + Math.floorMod(issueHour, horizonHours) * issueBytes();
    }

    int pointAt(long issueHour, int leadHours) {
        return issueAt(issueHour) + Long.BYTES + (leadHours - 1) * VALUES_PER_POINT * Float.BYTES;
    }

    int scoreAt(int leadHours, ScoreWindow window) {
        int index = (leadHours - 1) * ScoreWindow.COUNT + window.ordinal();
        return issuesAt() + horizonHours * issueBytes() + index * SCORE_BYTES;
    }

    int bytes() {
        return issuesAt() + horizonHours * (issueBytes() + ScoreWindow.COUNT * SCORE_BYTES);
    }
}
