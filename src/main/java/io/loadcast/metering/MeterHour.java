package io.loadcast.metering;

import io.loadcast.domain.MeteringInterval;
import java.nio.ByteBuffer;
import java.util.OptionalLong;

/**
 * What one meter has measured in one hour: its metering intervals that touch the hour, with their energies. A view on the packed
 * form: a byte for the format, then for each interval its start in minutes from the hour's (2 bytes, negative if it began in the hour
 * before), its length in minutes (1) and its energy in mWh (8), oldest first. Immutable.
 */
public final class MeterHour {
    private static final byte FORMAT = 1;
    private static final int HEAD = 1;
    private static final int ENTRY = 11;
    private static final int HOUR_MINUTES = 60;

    private final long hour;
    private final ByteBuffer packed;

    private MeterHour(long hour, byte[] packed) {
        this.hour = hour;
        this.packed = ByteBuffer.wrap(packed);
    }

    public static MeterHour empty(long hour) {
        return new MeterHour(hour, new byte[] {FORMAT});
    }

    /**
     * @param packed as {@link #packed} gave it; not to be changed any more
     * @throws IncompatibleMeteringStateException if it is of another format
     */
    public static MeterHour ofPacked(long hour, byte[] packed) {
        IncompatibleMeteringStateException.requireFormat(FORMAT, packed);
        return new MeterHour(hour, packed);
    }

    /** Not to be changed. */
    public byte[] packed() {
        return packed.array();
    }

    public boolean isEmpty() {
        return count() == 0;
    }

    /** The energy known for exactly this metering interval. */
    OptionalLong energyOf(MeteringInterval interval) {
        for (int i = 0; i < count(); i++) {
            if (interval(i).equals(interval)) {
                return OptionalLong.of(energy(i));
            }
        }
        return OptionalLong.empty();
    }

    /** Whether a known metering interval overlaps this one and is another. */
    boolean hasOverlap(MeteringInterval interval) {
        for (int i = 0; i < count(); i++) {
            if (interval(i).overlaps(interval) && !interval(i).equals(interval)) {
                return true;
            }
        }
        return false;
    }

    /** The same with this metering interval, in the place of the one that equals it if there is one. */
    MeterHour with(MeteringInterval interval, long energy) {
        int at = 0;
        while (at < count() && interval(at).startMinute() < interval.startMinute()) {
            at++;
        }
        boolean replaces = at < count() && interval(at).equals(interval);
        int entries = count() + (replaces ? 0 : 1);
        ByteBuffer to = ByteBuffer.allocate(HEAD + ENTRY * entries);
        int behind = HEAD + ENTRY * (replaces ? at + 1 : at);
        to.put(packed.array(), 0, HEAD + ENTRY * at)
                .putShort((short) (interval.startMinute() - hour * HOUR_MINUTES))
                .put((byte) interval.minutes())
                .putLong(energy)
                .put(packed.array(), behind, packed.capacity() - behind);
        return new MeterHour(hour, to.array());
    }

    /** How many of the hour's minutes the metering intervals cover. */
    int meteredMinutes() {
        int minutes = 0;
        for (int i = 0; i < count(); i++) {
            minutes += interval(i).minutesIn(hour);
        }
        return minutes;
    }

    boolean isComplete() {
        return meteredMinutes() == HOUR_MINUTES;
    }

    /** The energy of the whole hour in mWh: what was metered, and as much for each minute that was not. 0 if none was. */
    long energy() {
        long energy = 0;
        for (int i = 0; i < count(); i++) {
            energy += interval(i).partIn(hour, energy(i));
        }
        int minutes = meteredMinutes();
        return minutes == 0 || minutes == HOUR_MINUTES ? energy : (energy * HOUR_MINUTES + minutes / 2) / minutes;
    }

    private int count() {
        return (packed.capacity() - HEAD) / ENTRY;
    }

    private MeteringInterval interval(int i) {
        int at = HEAD + ENTRY * i;
        return new MeteringInterval(hour * HOUR_MINUTES + packed.getShort(at), packed.get(at + 2));
    }

    private long energy(int i) {
        return packed.getLong(HEAD + ENTRY * i + 3);
    }
}
