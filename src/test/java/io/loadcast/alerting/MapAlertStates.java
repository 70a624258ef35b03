package io.loadcast.alerting;

import io.loadcast.domain.Region;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** What rules remember, in memory. */
final class MapAlertStates implements AlertStates {
    private final Map<Region, byte[]> states = new LinkedHashMap<>();
    private byte @Nullable [] partition;
    private int puts;

    /** How often a region was put. */
    int puts() {
        return puts;
    }

    byte @Nullable [] of(Region region) {
        return states.get(region);
    }

    @Override
    public void put(Region region, byte[] packed) {
        puts++;
        states.put(region, packed);
    }

    @Override
    public void forEach(BiConsumer<Region, byte[]> action) {
        states.forEach(action);
    }

    @Override
    public void putPartition(byte[] packed) {
        partition = packed;
    }

    @Override
    public byte @Nullable [] partition() {
        return partition;
    }
}
