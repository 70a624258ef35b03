package io.loadcast.metering;

import io.loadcast.domain.Meter;
import io.loadcast.domain.Region;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** States in memory, in their packed form, so that nothing is kept that a store would not keep. */
final class MapMeteringStates implements MeteringStates {
    private final Map<Region, byte[]> clocks = new HashMap<>();
    private final Map<Region, TreeMap<Long, byte[]>> hours = new HashMap<>();
    private final Map<Region, TreeMap<String, byte[]>> meters = new HashMap<>();
    private final Map<Region, TreeMap<Long, TreeMap<String, byte[]>>> meterHours = new HashMap<>();

    /** How often all meters of a region were walked. */
    int walks;

    @Override
    public MeteringClock clock(Region region) {
        byte[] packed = clocks.get(region);
        return packed == null ? MeteringClock.START : MeteringClock.ofPacked(packed);
    }

    @Override
    public void put(Region region, MeteringClock clock) {
        clocks.put(region, clock.packed());
    }

    @Override
    public MeteredHour hour(Region region, long hour) {
        byte[] packed = hoursOf(region).get(hour);
        return packed == null ? MeteredHour.empty(hour) : MeteredHour.ofPacked(hour, packed);
    }

    @Override
    public void put(Region region, MeteredHour hour) {
        hoursOf(region).put(hour.hour(), hour.packed());
    }

    @Override
    public List<MeteredHour> hours(Region region, long from, long to) {
        if (from > to) {
            return List.of();
        }
        return hoursOf(region).subMap(from, true, to, true).entrySet().stream()
                .map(entry -> MeteredHour.ofPacked(entry.getKey(), entry.getValue()))
                .toList();
    }

    @Override
    public void removeHour(Region region, long hour) {
        hoursOf(region).remove(hour);
        meterHoursOf(region).remove(hour);
    }

    @Override
    public @Nullable KnownMeter meter(Region region, Meter meter) {
        byte[] packed = metersOf(region).get(meter.name());
        return packed == null ? null : KnownMeter.ofPacked(packed);
    }

    @Override
    public void put(Region region, Meter meter, KnownMeter known) {
        metersOf(region).put(meter.name(), known.packed());
    }

    @Override
    public void forget(Region region, Meter meter) {
        metersOf(region).remove(meter.name());
    }

    @Override
    public void forEachMeter(Region region, BiConsumer<Meter, KnownMeter> action) {
        walks++;
        metersOf(region).forEach((name, packed) -> action.accept(new Meter(name), KnownMeter.ofPacked(packed)));
    }

    @Override
    public MeterHour meterHour(Region region, long hour, Meter meter) {
        byte[] packed = meterHoursOf(region).getOrDefault(hour, new TreeMap<>()).get(meter.name());
        return packed == null ? MeterHour.empty(hour) : MeterHour.ofPacked(hour, packed);
    }

    @Override
    public void put(Region region, long hour, Meter meter, MeterHour measured) {
        meterHoursOf(region).computeIfAbsent(hour, key -> new TreeMap<>()).put(meter.name(), measured.packed());
    }

    @Override
    public Map<Meter, MeterHour> meterHours(Region region, long hour) {
        Map<Meter, MeterHour> measured = new HashMap<>();
        meterHoursOf(region)
                .getOrDefault(hour, new TreeMap<>())
                .forEach((name, packed) -> measured.put(new Meter(name), MeterHour.ofPacked(hour, packed)));
        return measured;
    }

    private TreeMap<Long, byte[]> hoursOf(Region region) {
        return hours.computeIfAbsent(region, key -> new TreeMap<>());
    }

    private TreeMap<String, byte[]> metersOf(Region region) {
        return meters.computeIfAbsent(region, key -> new TreeMap<>());
    }

    private TreeMap<Long, TreeMap<String, byte[]>> meterHoursOf(Region region) {
        return meterHours.computeIfAbsent(region, key -> new TreeMap<>());
    }
}
