package io.loadcast.app;

import io.loadcast.domain.CalendarFeature;
import io.loadcast.domain.CivilCalendar;
import io.loadcast.domain.HolidayCalendar;
import io.loadcast.domain.RegionCalendars;
import io.loadcast.forecasting.ModelManifest;
import io.loadcast.holidays.PublicHolidays;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Which time zones and public holidays the {@code loadcast.default-*} and {@code loadcast.regions.*} settings give to regions. */
final class CalendarSettings {
    private static final String DEFAULT_HOLIDAYS = "loadcast.default-holidays";

    private CalendarSettings() {}

    /** @throws IllegalArgumentException if a zone is not an IANA zone, or holidays are not known */
    static RegionCalendars calendars(
            String defaultZone, Optional<String> defaultHolidays, Map<String, String> regions) {
        CivilCalendar byDefault = new CivilCalendar(
                zone("loadcast.default-zone", defaultZone),
                defaultHolidays.map(code -> holidays(DEFAULT_HOLIDAYS, code)).orElse(HolidayCalendar.NONE));
        Map<String, CivilCalendar> byRegion = new HashMap<>();
        regions.forEach((setting, value) -> {
            String name = "loadcast.regions." + setting;
            int dot = Math.max(0, setting.lastIndexOf('.')); // a region's name may have dots too
            String region = setting.substring(0, dot);
            CivilCalendar before = byRegion.getOrDefault(region, byDefault);
            switch (setting.substring(dot)) {
                case ".zone" -> byRegion.put(region, new CivilCalendar(zone(name, value), before.holidays()));
                case ".holidays" -> byRegion.put(region, new CivilCalendar(before.zone(), holidays(name, value)));
                default ->
                    throw new IllegalArgumentException(
                            name + " is no setting; a region has loadcast.regions.NAME.zone and .holidays");
            }
        });
        return new RegionCalendars(byRegion, byDefault);
    }

    /** What to tell whoever serves this model and has not set the default holidays. */
    static Optional<String> holidaysUnset(ModelManifest model) {
        if (!model.calendarFeatures().contains(CalendarFeature.HOLIDAY)) {
            return Optional.empty();
        }
        return Optional.of("model " + model.name() + " looks at public holidays, and " + DEFAULT_HOLIDAYS
                + " is not set: regions without loadcast.regions.NAME.holidays have none. Set it to their country or a "
                + "part of it, such as us or de-by, or to none if they are to have none");
    }

    private static HolidayCalendar holidays(String setting, String code) {
        try {
            return PublicHolidays.of(code);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(setting + ": " + e.getMessage(), e);
        }
    }

    private static ZoneId zone(String setting, String zone) {
        try {
            return ZoneId.of(zone);
        } catch (DateTimeException e) {
            throw new IllegalArgumentException(
                    setting + " is '" + zone + "', which is no time zone; use an IANA name such as America/New_York",
                    e);
        }
    }
}
