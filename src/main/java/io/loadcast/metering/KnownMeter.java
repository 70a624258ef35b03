package io.loadcast.metering;

import java.nio.ByteBuffer;

/**
 * What is known of a meter beside its hours.
 *
 * @param firstHour the hour in which its oldest metering interval starts
 * @param reachedHour the newest hour whose grace its newest metering interval is past
 * @param weightHour its newest complete hour, or −1
 * @param weight its energy in that hour, mWh
 */
public record KnownMeter(long firstHour, long reachedHour, long weightHour, long weight) {
    private static final byte FORMAT = 1;
    private static final int BYTES = 33;
    private static final long NONE = -1;

    static KnownMeter since(long firstHour) {
        return new KnownMeter(firstHour, NONE, NONE, 0);
    }

    /** @throws IncompatibleMeteringStateException if it is of another format */
    public static KnownMeter ofPacked(byte[] packed) {
        IncompatibleMeteringStateException.requireFormat(FORMAT, packed);
        ByteBuffer from = ByteBuffer.wrap(packed, 1, BYTES - 1);
        return new KnownMeter(from.getLong(), from.getLong(), from.getLong(), from.getLong());
    }

    public byte[] packed() {
        return ByteBuffer.allocate(BYTES)
                .put(FORMAT)
                .putLong(firstHour)
                .putLong(reachedHour)
                .putLong(weightHour)
                .putLong(weight)
                .array();
    }

    /** Whether the meter's energy is a part of the hour's, whether it has come or not. */
    boolean isExpectedIn(long hour, long forgetHours) {
        return firstHour <= hour && hour <= reachedHour + forgetHours;
    }

    KnownMeter seenIn(long hour) {
        return hour >= firstHour ? this : new KnownMeter(hour, reachedHour, weightHour, weight);
    }

    KnownMeter reaching(long hour) {
        return new KnownMeter(firstHour, hour, weightHour, weight);
    }

    KnownMeter weighedBy(long hour, MeterHour measured) {
        return hour < weightHour || !measured.isComplete()
                ? this
                : new KnownMeter(firstHour, reachedHour, hour, measured.energy());
    }
}
