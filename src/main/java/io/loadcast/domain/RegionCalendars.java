package io.loadcast.domain;

import java.util.Map;

/**
 * The civil calendar of each region.
 *
 * @param byRegion calendars of regions that differ from the default, by region name
 * @param defaultCalendar the calendar of all others
 */
public record RegionCalendars(Map<String, CivilCalendar> byRegion, CivilCalendar defaultCalendar) {
    public RegionCalendars {
        byRegion = Map.copyOf(byRegion);
    }

    public CivilCalendar of(Region region) {
        return byRegion.getOrDefault(region.name(), defaultCalendar);
    }
}
