package io.loadcast.domain;

import java.time.ZoneId;
import java.time.ZoneOffset;

/**
 * The clock and the public holidays that a region's people live by.
 *
 * @param zone IANA time zone
 * @param holidays by the dates of that zone
 */
public record CivilCalendar(ZoneId zone, HolidayCalendar holidays) {
    /** UTC, and no holidays. */
    public static final CivilCalendar UTC = withoutHolidays(ZoneOffset.UTC);

    public static CivilCalendar withoutHolidays(ZoneId zone) {
        return new CivilCalendar(zone, HolidayCalendar.NONE);
    }
}
