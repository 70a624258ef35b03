package io.loadcast.forecasting;

import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * What is remembered of one challenger in one region, beside its score history: its forecasts that wait for their actuals, the sums of its
 * running scores, and against whom it is compared since when. Loads are not kept: with the region's state it {@linkplain #over makes} a state
 * that is scored as the champion's is. Changed by {@link ChallengerTurn} alone, on a copy.
 *
 * <p>A value over a packed array, big-endian: format (1) · scored leads (4) · newest forecast hour (4) · first hour scored (4) · first 16
 * digits of the champion's checksum (8) · first hour of issue that is compared (4) · flags (1) · points and scores, as in {@link StateLayout}.
 */
public final class ChallengerState {
    private static final byte FORMAT = 1;
    private static final int SCORED_LEADS_AT = 1;
    private static final int NEWEST_FORECAST_AT = 5;
    private static final int FIRST_SCORED_AT = 9;
    private static final int CHAMPION_AT = 13;
    private static final int COMPARED_SINCE_AT = 21;
    private static final int FLAGS_AT = 25;
    private static final int POINTS_AT = 26;
    private static final byte PROMOTED = 1;

    private final StateLayout layout;
    private final ByteBuffer packed;

    private ChallengerState(StateLayout layout, ByteBuffer packed) {
        this.layout = layout;
        this.packed = packed;
    }

    /** Of a model that challenges a champion from this hour on. */
    static ChallengerState begun(StateLayout layout, long hour, ModelId champion) {
        int points = layout.scoresAt() - layout.pointsAt();
        ByteBuffer packed = ByteBuffer.allocate(bytes(layout))
                .put(0, FORMAT)
                .putInt(SCORED_LEADS_AT, layout.scoredLeads().mask())
                .putInt(NEWEST_FORECAST_AT, (int) hour - 1)
                .putInt(FIRST_SCORED_AT, (int) hour);
        for (int at = POINTS_AT; at < POINTS_AT + points; at += Float.BYTES) {
            packed.putFloat(at, Float.NaN);
        }
        return new ChallengerState(layout, packed).against(champion, hour);
    }

    /**
     * Reads a packed state.
     *
     * @param packed kept, not copied, never changed
     * @throws IncompatibleStateException if another version wrote it in another format
     */
    public static ChallengerState ofPacked(StateLayout layout, byte[] packed) {
        if (packed.length < POINTS_AT || packed[0] != FORMAT || !isScoredLike(layout, packed)) {
            throw IncompatibleStateException.ofChallenger();
        }
        return new ChallengerState(layout, ByteBuffer.wrap(packed));
    }

    /** Whether a packed state was scored at the lead times of the layout; if not, the challenger begins anew. */
    public static boolean isScoredLike(StateLayout layout, byte[] packed) {
        return packed.length == bytes(layout)
                && ByteBuffer.wrap(packed).getInt(SCORED_LEADS_AT)
                        == layout.scoredLeads().mask();
    }

    private static int bytes(StateLayout layout) {
        return POINTS_AT + layout.bytes() - layout.pointsAt();
    }

    /** The packed form; not to be changed. */
    public byte[] packed() {
        return packed.array();
    }

    private static long digits(ModelId model) {
        return Long.parseUnsignedLong(model.sha256().substring(0, ChallengerStates.PREFIX), 16);
    }

    boolean isAgainst(ModelId champion) {
        return packed.getLong(CHAMPION_AT) == digits(champion);
    }

    /** Compared with this champion, from this hour of issue on. */
    ChallengerState against(ModelId champion, long hour) {
        ChallengerState next = copy();
        next.packed
                .putLong(CHAMPION_AT, digits(champion))
                .putInt(COMPARED_SINCE_AT, (int) hour)
                .put(FLAGS_AT, (byte) 0);
        return next;
    }

    /** Forecasts issued before are another champion's, or came before this challenger. */
    long comparedSinceHour() {
        return packed.getInt(COMPARED_SINCE_AT);
    }

    /** Whether it was said that it is to be champion, and it is not yet. */
    boolean isPromoted() {
        return (packed.get(FLAGS_AT) & PROMOTED) != 0;
    }

    ChallengerState promoted() {
        ChallengerState next = copy();
        next.packed.put(FLAGS_AT, PROMOTED);
        return next;
    }

    /** A state of the region's loads and of this challenger's forecasts and scores, for the caller to change. */
    RegionState over(RegionState region) {
        RegionState shadow = region.copy();
        shadow.mutablePacked()
                .putInt(StateLayout.NEWEST_FORECAST_AT, packed.getInt(NEWEST_FORECAST_AT))
                .putInt(StateLayout.FIRST_SCORED_AT, packed.getInt(FIRST_SCORED_AT))
                .put(layout.pointsAt(), packed, POINTS_AT, layout.bytes() - layout.pointsAt());
        return shadow;
    }

    /** This state, with what has become of {@link #over}. */
    ChallengerState with(RegionState shadow) {
        ChallengerState next = copy();
        ByteBuffer changed = shadow.mutablePacked();
        next.packed
                .putInt(NEWEST_FORECAST_AT, changed.getInt(StateLayout.NEWEST_FORECAST_AT))
                .putInt(FIRST_SCORED_AT, changed.getInt(StateLayout.FIRST_SCORED_AT))
                .put(POINTS_AT, changed, layout.pointsAt(), layout.bytes() - layout.pointsAt());
        return next;
    }

    private ChallengerState copy() {
        return new ChallengerState(layout, ByteBuffer.wrap(packed.array().clone()));
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof ChallengerState state && Arrays.equals(packed.array(), state.packed.array());
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(packed.array());
    }
}
