package io.loadcast.forecasting;

import java.nio.ByteBuffer;

/**
 * What the forecasts for one hour scored, lead by lead: the terms that a running score gives back when the hour leaves its
 * window. A value over a packed array: hour (8), then per lead sMAPE (4) and baseline's sMAPE (4) in millionths of a percent and
 * whether the load lay inside the interval (1). Immutable once built.
 */
public final class HourScores {
    private static final int NOT_SCORED = -1;
    private static final int LEAD_BYTES = Integer.BYTES + Integer.BYTES + 1;

    private final ByteBuffer packed;

    private HourScores(ByteBuffer packed) {
        this.packed = packed;
    }

    static HourScores unscored(long hour, int horizonHours) {
        ByteBuffer packed = ByteBuffer.allocate(Long.BYTES + horizonHours * LEAD_BYTES);
        packed.putLong(0, hour);
        for (int lead = 1; lead <= horizonHours; lead++) {
            packed.putInt(at(lead), NOT_SCORED);
        }
        return new HourScores(packed);
    }

    public static HourScores ofPacked(byte[] packed) {
        return new HourScores(ByteBuffer.wrap(packed));
    }

    /** The packed form; not to be changed. */
    public byte[] packed() {
        return packed.array();
    }

    public long hour() {
        return packed.getLong(0);
    }

    boolean isScored(int leadHours) {
        return packed.getInt(at(leadHours)) != NOT_SCORED;
    }

    int smapeMicroPct(int leadHours) {
        return packed.getInt(at(leadHours));
    }

    int baselineSmapeMicroPct(int leadHours) {
        return packed.getInt(at(leadHours) + Integer.BYTES);
    }

    boolean inInterval(int leadHours) {
        return packed.get(at(leadHours) + 2 * Integer.BYTES) == 1;
    }

    void score(int leadHours, int smapeMicroPct, int baselineSmapeMicroPct, boolean inInterval) {
        packed.putInt(at(leadHours), smapeMicroPct);
        packed.putInt(at(leadHours) + Integer.BYTES, baselineSmapeMicroPct);
        packed.put(at(leadHours) + 2 * Integer.BYTES, (byte) (inInterval ? 1 : 0));
    }

    private static int at(int leadHours) {
        return Long.BYTES + (leadHours - 1) * LEAD_BYTES;
    }
}
