package io.loadcast.domain;

import java.time.ZonedDateTime;
import java.util.Arrays;
import java.util.function.ToIntBiFunction;
import java.util.stream.Collectors;

/**
 * A property of an hour that is known in advance, read off the region's civil calendar at the start of the hour. Values are
 * raw; a model's graph scales or embeds them itself.
 */
public enum CalendarFeature {
    /** 0 … 23. */
    HOUR_OF_DAY("hour_of_day", (time, holidays) -> time.getHour()),
    /** 0 (Monday) … 6 (Sunday). */
    DAY_OF_WEEK("day_of_week", (time, holidays) -> time.getDayOfWeek().getValue() - 1),
    /** 1 … 12. */
    MONTH("month", (time, holidays) -> time.getMonthValue()),
    /** 1 … 366. */
    DAY_OF_YEAR("day_of_year", (time, holidays) -> time.getDayOfYear()),
    /** 1 on a public holiday, else 0. */
    HOLIDAY("holiday", (time, holidays) -> holidays.isHoliday(time.toLocalDate()) ? 1 : 0);

    private final String key;
    private final ToIntBiFunction<ZonedDateTime, HolidayCalendar> value;

    CalendarFeature(String key, ToIntBiFunction<ZonedDateTime, HolidayCalendar> value) {
        this.key = key;
        this.value = value;
    }

    /** The name in a model's manifest. */
    public String key() {
        return key;
    }

    /** @param time start of the hour by the region's own clock */
    public float at(ZonedDateTime time, HolidayCalendar holidays) {
        return value.applyAsInt(time, holidays);
    }

    /** @throws IllegalArgumentException if no feature has this key */
    public static CalendarFeature ofKey(String key) {
        return Arrays.stream(values())
                .filter(feature -> feature.key.equals(key))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("calendar feature '" + key + "' is unknown; known are "
                        + Arrays.stream(values()).map(CalendarFeature::key).collect(Collectors.joining(", "))));
    }
}
