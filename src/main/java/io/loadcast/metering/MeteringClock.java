package io.loadcast.metering;

import java.nio.ByteBuffer;

/**
 * How far a region has come.
 *
 * @param closedHour the newest hour that has closed; −1 before the first
 * @param knownMeters how many meters the region has
 * @param ahead how many of them have passed the grace of an hour after the closed one
 */
public record MeteringClock(long closedHour, int knownMeters, int ahead) {
    /** Of a region that nothing is known of. */
    public static final MeteringClock START = new MeteringClock(-1, 0, 0);

    private static final byte FORMAT = 1;
    private static final int BYTES = 17;

    /** @throws IncompatibleMeteringStateException if it is of another format */
    public static MeteringClock ofPacked(byte[] packed) {
        IncompatibleMeteringStateException.requireFormat(FORMAT, packed);
        ByteBuffer from = ByteBuffer.wrap(packed, 1, BYTES - 1);
        return new MeteringClock(from.getLong(), from.getInt(), from.getInt());
    }

    public byte[] packed() {
        return ByteBuffer.allocate(BYTES)
                .put(FORMAT)
                .putLong(closedHour)
                .putInt(knownMeters)
                .putInt(ahead)
                .array();
    }

    boolean hasClosedAny() {
        return closedHour >= 0;
    }

    MeteringClock withKnown(int change) {
        return new MeteringClock(closedHour, knownMeters + change, ahead);
    }

    MeteringClock withAhead(int change) {
        return new MeteringClock(closedHour, knownMeters, ahead + change);
    }

    MeteringClock closed(long hour, int stillAhead) {
        return new MeteringClock(hour, knownMeters, stillAhead);
    }
}
