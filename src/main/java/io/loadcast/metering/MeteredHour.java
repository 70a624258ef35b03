package io.loadcast.metering;

import java.nio.ByteBuffer;

/**
 * One hour of a region, summed over its meters.
 *
 * @param hour which
 * @param energy of the meters that have come, in mWh, each brought to the whole hour
 * @param meters how many have come
 * @param complete how many of them are complete
 * @param reached how many of the region's meters are past the grace of this hour and of none after it
 * @param changed whether the sum has changed since it was last looked at
 * @param completeWhenLooked how many were complete then; −1 before the first look
 * @param publishedWatts what was published last; −1 before
 * @param revisions how often something was published
 */
public record MeteredHour(
        long hour,
        long energy,
        int meters,
        int complete,
        int reached,
        boolean changed,
        int completeWhenLooked,
        long publishedWatts,
        int revisions) {
    private static final byte FORMAT = 1;
    private static final int BYTES = 38;

    public static MeteredHour empty(long hour) {
        return new MeteredHour(hour, 0, 0, 0, 0, false, -1, -1, 0);
    }

    /** @throws IncompatibleMeteringStateException if it is of another format */
    public static MeteredHour ofPacked(long hour, byte[] packed) {
        IncompatibleMeteringStateException.requireFormat(FORMAT, packed);
        ByteBuffer from = ByteBuffer.wrap(packed, 1, BYTES - 1);
        return new MeteredHour(
                hour,
                from.getLong(),
                from.getInt(),
                from.getInt(),
                from.getInt(),
                from.get() != 0,
                from.getInt(),
                from.getLong(),
                from.getInt());
    }

    public byte[] packed() {
        return ByteBuffer.allocate(BYTES)
                .put(FORMAT)
                .putLong(energy)
                .putInt(meters)
                .putInt(complete)
                .putInt(reached)
                .put((byte) (changed ? 1 : 0))
                .putInt(completeWhenLooked)
                .putLong(publishedWatts)
                .putInt(revisions)
                .array();
    }

    /** With one meter's hour as it is now in the place of what it was. */
    MeteredHour with(MeterHour before, MeterHour now) {
        return new MeteredHour(
                hour,
                energy - before.energy() + now.energy(),
                meters + (before.isEmpty() ? 1 : 0),
                complete + (now.isComplete() ? 1 : 0) - (before.isComplete() ? 1 : 0),
                reached,
                true,
                completeWhenLooked,
                publishedWatts,
                revisions);
    }

    MeteredHour withReached(int change) {
        return new MeteredHour(
                hour,
                energy,
                meters,
                complete,
                reached + change,
                changed,
                completeWhenLooked,
                publishedWatts,
                revisions);
    }

    MeteredHour looked() {
        return new MeteredHour(hour, energy, meters, complete, reached, false, complete, publishedWatts, revisions);
    }

    MeteredHour published(long watts) {
        return new MeteredHour(
                hour, energy, meters, complete, reached, changed, completeWhenLooked, watts, revisions + 1);
    }

    boolean hasMeters() {
        return meters > 0;
    }

    boolean wasLookedAt() {
        return completeWhenLooked >= 0;
    }

    boolean isPublished() {
        return revisions > 0;
    }
}
