package io.loadcast.domain;

import java.time.ZonedDateTime;
import java.util.Arrays;
import java.util.function.ToIntFunction;
import java.util.stream.Collectors;

/**
 * A property of an hour that is known in advance, read off the wall clock of the region's zone at the start of the hour.
 * Values are raw; a model's graph scales or embeds them itself.
 */
public enum CalendarFeature {
    /** 0 … 23. */
    HOUR_OF_DAY("hour_of_day", ZonedDateTime::getHour),
    /** 0 (Monday) … 6 (Sunday). */
    DAY_OF_WEEK("day_of_week", time -> time.getDayOfWeek().getValue() - 1),
    /** 1 … 366. */
    DAY_OF_YEAR("day_of_year", ZonedDateTime::getDayOfYear);

    private final String key;
    private final ToIntFunction<ZonedDateTime> value;

    CalendarFeature(String key, ToIntFunction<ZonedDateTime> value) {
        this.key = key;
        this.value = value;
    }

    /** The name in a model's manifest. */
    public String key() {
        return key;
    }

    public float at(ZonedDateTime time) {
        return value.applyAsInt(time);
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
