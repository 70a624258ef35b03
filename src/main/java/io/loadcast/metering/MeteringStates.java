package io.loadcast.metering;

import io.loadcast.domain.Meter;
import io.loadcast.domain.Region;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** The states of regions and their meters. For one thread. */
public interface MeteringStates {

    /** {@link MeteringClock#START} if there is none. */
    MeteringClock clock(Region region);

    void put(Region region, MeteringClock clock);

    /** Empty if there is none. */
    MeteredHour hour(Region region, long hour);

    void put(Region region, MeteredHour hour);

    /** The hours of which something is known, oldest first; both ends are included. */
    List<MeteredHour> hours(Region region, long from, long to);

    /** Takes the hour out, and all its meters' hours. */
    void removeHour(Region region, long hour);

    /** Null if it is not known. */
    @Nullable
    KnownMeter meter(Region region, Meter meter);

    void put(Region region, Meter meter, KnownMeter known);

    void forget(Region region, Meter meter);

    /** All known meters, always in the same order. The states are not to be changed meanwhile. */
    void forEachMeter(Region region, BiConsumer<Meter, KnownMeter> action);

    /** Empty if there is none. */
    MeterHour meterHour(Region region, long hour, Meter meter);

    void put(Region region, long hour, Meter meter, MeterHour measured);

    /** Of all meters that have come. */
    Map<Meter, MeterHour> meterHours(Region region, long hour);
}
