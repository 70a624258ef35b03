package io.loadcast.forecasting;

import java.nio.ByteBuffer;

/**
 * What was forecast for the 24 hours of one UTC day at each scored lead time, what the baseline would have said, and what was read:
 * all that a score consists of, kept for as long as the hour is in a running score, or may still be read or corrected.
 *
 * <p>A value over a packed array, big-endian: day (4) · scored leads (4) · [24 hours] load read in MW · [leads] p10, p50, p90,
 * baseline in MW, as float32; NaN where there is none. {@link #copy} before a change.
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
        int hourBytes = (1 + leads.count() * VALUES) * Float.BYTES;
        ByteBuffer packed = ByteBuffer.allocate(HOURS_AT + HOURS * hourBytes);
        packed.putInt(DAY_AT, day).putInt(SCORED_LEADS_AT, leads.mask());
        for (int at = HOURS_AT; at < packed.capacity(); at += Float.BYTES) {
            packed.putFloat(at, Float.NaN);
        }
        return new ScoredDay(leads.count(), packed);
    }

    /**
     * Reads a packed day.
     *
     * @param packed kept, not copied, never changed
     * @return a day of which nothing is known, if another one was packed, or for other lead times
     */
    public static ScoredDay ofPacked(int day, ScoredLeads leads, byte[] packed) {
        ByteBuffer buffer = ByteBuffer.wrap(packed);
        return buffer.getInt(DAY_AT) == day && buffer.getInt(SCORED_LEADS_AT) == leads.mask()
                ? new ScoredDay(leads.count(), buffer)
                : unscored(day, leads);
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

    /** The load read at the hour, MW; NaN if none was. */
    float loadMw(long hour) {
        return packed.getFloat(at(hour));
    }

    void read(long hour, float loadMw) {
        packed.putFloat(at(hour), loadMw);
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
