package io.loadcast.streaming;

import io.loadcast.domain.Meter;
import io.loadcast.domain.Region;
import io.loadcast.metering.KnownMeter;
import io.loadcast.metering.MeterHour;
import io.loadcast.metering.MeteredHour;
import io.loadcast.metering.MeteringClock;
import io.loadcast.metering.MeteringStates;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/**
 * The states of a task's regions and meters in its three stores. Each key begins with the region (its length in 2 bytes, then UTF-8),
 * so that all of a region lies together:
 *
 * <ul>
 *   <li>regions: the clock under the region alone, its hours under region and hour (8 bytes);
 *   <li>meters: under region and meter (UTF-8);
 *   <li>hours of meters: under region, hour and meter.
 * </ul>
 *
 * <p>Used on the stream thread; the stores' owner is Kafka Streams. Throws {@link
 * io.loadcast.metering.IncompatibleMeteringStateException} where another version has written what is stored.
 */
final class StoredMeteringStates implements MeteringStates {
    private static final ByteArraySerializer BYTES = new ByteArraySerializer();

    private final KeyValueStore<Bytes, byte[]> regions;
    private final KeyValueStore<Bytes, byte[]> meters;
    private final KeyValueStore<Bytes, byte[]> meterHours;

    // Of the region used last: records come in runs of a region.
    private @Nullable Region region;
    private byte[] prefix = {};

    StoredMeteringStates(
            KeyValueStore<Bytes, byte[]> regions,
            KeyValueStore<Bytes, byte[]> meters,
            KeyValueStore<Bytes, byte[]> meterHours) {
        this.regions = regions;
        this.meters = meters;
        this.meterHours = meterHours;
    }

    @Override
    public MeteringClock clock(Region of) {
        byte[] packed = regions.get(key(of));
        return packed == null ? MeteringClock.START : MeteringClock.ofPacked(packed);
    }

    @Override
    public void put(Region of, MeteringClock clock) {
        regions.put(key(of), clock.packed());
    }

    @Override
    public MeteredHour hour(Region of, long hour) {
        byte[] packed = regions.get(key(of, hour));
        return packed == null ? MeteredHour.empty(hour) : MeteredHour.ofPacked(hour, packed);
    }

    @Override
    public void put(Region of, MeteredHour hour) {
        regions.put(key(of, hour.hour()), hour.packed());
    }

    @Override
    public List<MeteredHour> hours(Region of, long from, long to) {
        List<MeteredHour> hours = new ArrayList<>();
        if (from > to) {
            return hours;
        }
        try (KeyValueIterator<Bytes, byte[]> stored = regions.range(key(of, from), key(of, to))) {
            while (stored.hasNext()) {
                KeyValue<Bytes, byte[]> entry = stored.next();
                hours.add(MeteredHour.ofPacked(hourIn(entry.key), entry.value));
            }
        }
        return hours;
    }

    @Override
    public void removeHour(Region of, long hour) {
        List<Bytes> keys = new ArrayList<>();
        try (KeyValueIterator<Bytes, byte[]> stored = meterHours.range(key(of, hour), key(of, hour + 1))) {
            while (stored.hasNext()) {
                keys.add(stored.next().key);
            }
        }
        keys.forEach(meterHours::delete);
        regions.delete(key(of, hour));
    }

    @Override
    public @Nullable KnownMeter meter(Region of, Meter meter) {
        byte[] packed = meters.get(key(of, meter));
        return packed == null ? null : KnownMeter.ofPacked(packed);
    }

    @Override
    public void put(Region of, Meter meter, KnownMeter known) {
        meters.put(key(of, meter), known.packed());
    }

    @Override
    public void forget(Region of, Meter meter) {
        meters.delete(key(of, meter));
    }

    /** By the bytes of their names. */
    @Override
    public void forEachMeter(Region of, BiConsumer<Meter, KnownMeter> action) {
        Bytes from = key(of);
        try (KeyValueIterator<Bytes, byte[]> stored = meters.prefixScan(from.get(), BYTES)) {
            while (stored.hasNext()) {
                KeyValue<Bytes, byte[]> entry = stored.next();
                action.accept(meterIn(entry.key, from.get().length), KnownMeter.ofPacked(entry.value));
            }
        }
    }

    @Override
    public MeterHour meterHour(Region of, long hour, Meter meter) {
        byte[] packed = meterHours.get(key(of, hour, meter));
        return packed == null ? MeterHour.empty(hour) : MeterHour.ofPacked(hour, packed);
    }

    @Override
    public void put(Region of, long hour, Meter meter, MeterHour measured) {
        meterHours.put(key(of, hour, meter), measured.packed());
    }

    @Override
    public Map<Meter, MeterHour> meterHours(Region of, long hour) {
        Map<Meter, MeterHour> measured = new HashMap<>();
        Bytes from = key(of, hour);
        try (KeyValueIterator<Bytes, byte[]> stored = meterHours.prefixScan(from.get(), BYTES)) {
            while (stored.hasNext()) {
                KeyValue<Bytes, byte[]> entry = stored.next();
                measured.put(meterIn(entry.key, from.get().length), MeterHour.ofPacked(hour, entry.value));
            }
        }
        return measured;
    }

    private static Meter meterIn(Bytes key, int at) {
        return new Meter(new String(key.get(), at, key.get().length - at, StandardCharsets.UTF_8));
    }

    private static long hourIn(Bytes key) {
        return ByteBuffer.wrap(key.get()).getLong(key.get().length - Long.BYTES);
    }

    private Bytes key(Region of) {
        return Bytes.wrap(start(of, 0).array());
    }

    private Bytes key(Region of, long hour) {
        return Bytes.wrap(start(of, Long.BYTES).putLong(hour).array());
    }

    private Bytes key(Region of, Meter meter) {
        byte[] name = CloudEvent.utf8(meter.name());
        return Bytes.wrap(start(of, name.length).put(name).array());
    }

    private Bytes key(Region of, long hour, Meter meter) {
        byte[] name = CloudEvent.utf8(meter.name());
        return Bytes.wrap(
                start(of, Long.BYTES + name.length).putLong(hour).put(name).array());
    }

    private ByteBuffer start(Region of, int further) {
        if (!of.equals(region)) {
            byte[] name = CloudEvent.utf8(of.name());
            prefix = ByteBuffer.allocate(Short.BYTES + name.length)
                    .putShort((short) name.length)
                    .put(name)
                    .array();
            region = of;
        }
        return ByteBuffer.allocate(prefix.length + further).put(prefix);
    }
}
