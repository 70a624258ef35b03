package io.loadcast.forecasting;

import java.nio.ByteBuffer;

/**
 * What was forecast for the 24 hours of one UTC day at each scored lead time, what the baseline would have said, and what was read:
 * all that a score consists of, kept for as long as the hour is in a running score, or may still be read or corrected.
 *
 * <p>A value over a packed array, big-endian: day (4) · scored leads (4) · [24 hours] load read in MW · [leads] p10, p50, p90,
 * baseline in MW, as float32; NaN where there is none, or none that scores are to be made from · [24 hours] how often it was scored (2),
 * which days of state format 2 lack. {@link #copy} before a change.
 */
public final class ScoredDay {
    private static final int HOURS = 24;
    private static final int DAY_AT = 0;
    private static final int SCORED_LEADS_AT = 4;
    private static final int HOURS_AT = 8;
    private static final int VALUES = 4;
    private static final int BASELINE = 3;

    private final int leads;
    private final ByteBuffer packed;

    private ScoredDay(int leads, ByteBuffer packed) {
        this.leads = leads;
        this.packed = packed;
    }

    /** The day, counted from 1970-01-01 in UTC, that an hour belongs to. */
    public static int dayOf(long hour) {
        return (int) Math.floorDiv(hour, HOURS);
    }

    /** A day of which nothing is known. */
    public static ScoredDay unscored(int day, ScoredLeads leads) {
        int timesAt = loadsEnd(leads.count());
        ByteBuffer packed = ByteBuffer.allocate(timesAt + HOURS * Short.BYTES);
        packed.putInt(DAY_AT, day).putInt(SCORED_LEADS_AT, leads.mask());
        for (int at = HOURS_AT; at < timesAt; at += Float.BYTES) {
            packed.putFloat(at, Float.NaN);
        }
        return new ScoredDay(leads.count(), packed);
    }

    /**
     * Reads a packed day, also of the time before it was told how often hours were scored.
     *
     * @param packed kept, not copied, never changed
     * @return a day of which nothing is known, if another one was packed, or for other lead times
     */
    public static ScoredDay ofPacked(int day, ScoredLeads leads, byte[] packed) {
        ByteBuffer buffer = ByteBuffer.wrap(packed);
        if (buffer.getInt(DAY_AT) != day || buffer.getInt(SCORED_LEADS_AT) != leads.mask()) {
            return unscored(day, leads);
        }
        return packed.length == loadsEnd(leads.count())
                ? scoredOnce(day, leads, packed)
                : new ScoredDay(leads.count(), buffer);
    }

    private static ScoredDay scoredOnce(int day, ScoredLeads leads, byte[] packed) {
        ScoredDay known = unscored(day, leads);
        known.packed.put(0, packed);
        for (int hour = 0; hour < HOURS; hour++) {
            known.packed.putShort(known.timesAt(hour), (short) (Float.isNaN(known.loadMw(hour)) ? 0 : 1));
        }
        return known;
    }

    private static int loadsEnd(int leads) {
        return HOURS_AT + HOURS * (1 + leads * VALUES) * Float.BYTES;
    }

    private int timesAt(long hour) {
        return loadsEnd(leads) + Math.floorMod(hour, HOURS) * Short.BYTES;
    }

    /** The packed form; not to be changed. */
    public byte[] packed() {
        return packed.array();
    }

    public int day() {
        return packed.getInt(DAY_AT);
    }

    ScoredDay copy() {
        return new ScoredDay(leads, ByteBuffer.wrap(packed.array().clone()));
    }

    /** The load that the hour is scored against, MW; NaN if none was read or it is no measure. */
    float loadMw(long hour) {
        return packed.getFloat(at(hour));
    }

    boolean isScored(long hour) {
        return !Float.isNaN(loadMw(hour));
    }

    /** Scores the hour against this load, or no longer if it is NaN. */
    void isRead(long hour, float loadMw) {
        packed.putFloat(at(hour), loadMw);
        if (!Float.isNaN(loadMw)) {
            packed.putShort(timesAt(hour), (short) (packed.getShort(timesAt(hour)) + 1));
        }
    }

    /** How often the hour had been scored before its newest score. */
    int revision(long hour) {
        return Short.toUnsignedInt(packed.getShort(timesAt(hour))) - 1;
    }

    /** Whether the hour was forecast at the lead time, told by its index among the scored ones. */
    boolean isForecast(long hour, int lead) {
        return !Float.isNaN(p50Mw(hour, lead));
    }

    float p10Mw(long hour, int lead) {
        return packed.getFloat(at(hour, lead));
    }

    float p50Mw(long hour, int lead) {
        return packed.getFloat(at(hour, lead) + Float.BYTES);
    }

    float p90Mw(long hour, int lead) {
        return packed.getFloat(at(hour, lead) + 2 * Float.BYTES);
    }

    float baselineMw(long hour, int lead) {
        return packed.getFloat(at(hour, lead) + BASELINE * Float.BYTES);
    }

    /** Keeps what was forecast for the hour: the three quantiles at a place in a packed state, and the baseline. */
    void keep(long hour, int lead, ByteBuffer state, int pointAt, float baselineMw) {
        int at = at(hour, lead);
        packed.put(at, state, pointAt, StateLayout.POINT_BYTES);
        packed.putFloat(at + BASELINE * Float.BYTES, baselineMw);
    }

    private int at(long hour) {
        return HOURS_AT + Math.floorMod(hour, HOURS) * (1 + leads * VALUES) * Float.BYTES;
    }

    private int at(long hour, int lead) {
        return at(hour) + (1 + lead * VALUES) * Float.BYTES;
    }
}
