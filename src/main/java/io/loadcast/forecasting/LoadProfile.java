package io.loadcast.forecasting;

import io.loadcast.domain.HoursOfWeek;
import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * What has been learnt of one region's week, and of how well the {@linkplain Rung rungs} of the ladder forecast the region: the load of
 * each hour of the week relative to a level, and a running sMAPE for each rung. It changes once a day, by {@link ProfileDay}; immutable
 * once it is let go.
 *
 * <p>A value over a packed array, big-endian: format (1) · newest day entered (4) · level in MW as float64 (8) · [168 hours of the week]
 * load relative to the level as float32, NaN where none was read · [rung][scored lead time] running sMAPE in percent (8) · its weight (8).
 */
public final class LoadProfile {
    /** Lead times at which rungs are scored, whatever is scored for the accuracy topic: one or two of them would mislead. */
    static final int[] SCORED_LEADS = {1, 6, 12, 24};

    private static final byte FORMAT = 1;
    private static final int DAY_AT = 1;
    private static final int LEVEL_AT = DAY_AT + Integer.BYTES;
    private static final int SHAPE_AT = LEVEL_AT + Double.BYTES;
    private static final int SCORES_AT = SHAPE_AT + HoursOfWeek.COUNT * Float.BYTES;
    private static final int SCORE_BYTES = 2 * Double.BYTES;
    private static final int BYTES = SCORES_AT + Rung.values().length * SCORED_LEADS.length * SCORE_BYTES;
    private static final int NEVER = Integer.MIN_VALUE;

    private final ByteBuffer packed;

    private LoadProfile(ByteBuffer packed) {
        this.packed = packed;
    }

    /** The profile of a region of which nothing is known. */
    public static LoadProfile empty() {
        ByteBuffer packed =
                ByteBuffer.allocate(BYTES).put(0, FORMAT).putInt(DAY_AT, NEVER).putDouble(LEVEL_AT, Double.NaN);
        for (int at = SHAPE_AT; at < SCORES_AT; at += Float.BYTES) {
            packed.putFloat(at, Float.NaN);
        }
        return new LoadProfile(packed);
    }

    /**
     * Reads a packed profile.
     *
     * @param packed kept, not copied, never changed
     * @throws IncompatibleStateException if another version wrote it in another format
     */
    public static LoadProfile ofPacked(byte[] packed) {
        if (packed.length != BYTES || packed[0] != FORMAT) {
            throw IncompatibleStateException.ofProfile();
        }
        return new LoadProfile(ByteBuffer.wrap(packed));
    }

    /** The packed form; not to be changed. */
    public byte[] packed() {
        return packed.array();
    }

    /** Whether a day has been entered; else nothing is known. */
    boolean hasDay() {
        return day() != NEVER;
    }

    /** The newest day, counted from 1970-01-01 in UTC, that the region has entered; meaningless unless {@link #hasDay()}. */
    int day() {
        return packed.getInt(DAY_AT);
    }

    /** The load of an hour of the week over the level; NaN if none was read. */
    float shape(int hourOfWeek) {
        return packed.getFloat(shapeAt(hourOfWeek));
    }

    /** MW; NaN as long as nothing was learnt. */
    double levelMw() {
        return packed.getDouble(LEVEL_AT);
    }

    /** Whether the rung was scored at the lead time, told by its index. */
    boolean isScored(Rung rung, int lead) {
        return weight(rung, lead) > 0;
    }

    /** The running sMAPE, percent; meaningless unless {@link #isScored}. */
    double smapePct(Rung rung, int lead) {
        return packed.getDouble(scoreAt(rung, lead));
    }

    double weight(Rung rung, int lead) {
        return packed.getDouble(scoreAt(rung, lead) + Double.BYTES);
    }

    /** A profile of its own memory, of the region in this day, for its maker to change before it lets it go. */
    LoadProfile copyIn(int day) {
        ByteBuffer copy = ByteBuffer.wrap(packed.array().clone());
        return new LoadProfile(copy.putInt(DAY_AT, day));
    }

    void levelIs(double mw) {
        packed.putDouble(LEVEL_AT, mw);
    }

    void shapeIs(int hourOfWeek, float relative) {
        packed.putFloat(shapeAt(hourOfWeek), relative);
    }

    void scoreIs(Rung rung, int lead, double smapePct, double weight) {
        packed.putDouble(scoreAt(rung, lead), smapePct).putDouble(scoreAt(rung, lead) + Double.BYTES, weight);
    }

    private static int shapeAt(int hourOfWeek) {
        return SHAPE_AT + hourOfWeek * Float.BYTES;
    }

    private static int scoreAt(Rung rung, int lead) {
        return SCORES_AT + (rung.ordinal() * SCORED_LEADS.length + lead) * SCORE_BYTES;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof LoadProfile profile && Arrays.equals(packed.array(), profile.packed.array());
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(packed.array());
    }
}
