package io.loadcast.domain;

import java.time.ZoneId;
import java.util.Map;

/**
 * The time zone by whose wall clock each region lives.
 *
 * @param byRegion zones of regions that differ from the default, by region name
 * @param defaultZone the zone of all others
 */
public record RegionZones(Map<String, ZoneId> byRegion, ZoneId defaultZone) {
    public RegionZones {
        byRegion = Map.copyOf(byRegion);
    }

    public ZoneId of(Region region) {
        return byRegion.getOrDefault(region.name(), defaultZone);
    }
}
