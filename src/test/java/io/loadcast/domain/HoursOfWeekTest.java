package io.loadcast.domain;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HoursOfWeekTest {
    @ParameterizedTest
    @CsvSource({
        "UTC,              2018-08-06T00:00:00Z, 0",
        "UTC,              2018-08-05T23:00:00Z, 167",
        "America/New_York, 2018-08-06T00:00:00Z, 164",
        "Asia/Kolkata,     2018-08-06T00:00:00Z, 5", // 05:30
        "America/New_York, 2018-11-04T05:00:00Z, 145", // the clocks show one o'clock twice
        "America/New_York, 2018-11-04T06:00:00Z, 145",
        "America/New_York, 2018-11-04T07:00:00Z, 146",
        "America/New_York, 2018-03-11T07:00:00Z, 147", // and no two o'clock
    })
    void itIsOfTheRegionsOwnClock(String zone, Instant start, int expected) {
        // given
        HoursOfWeek hoursOfWeek = new HoursOfWeek(CivilCalendar.withoutHolidays(ZoneId.of(zone)));

        // then: computed, and known
        assertThat(hoursOfWeek.at(EpochHour.containing(start))).isEqualTo(expected);
        assertThat(hoursOfWeek.at(EpochHour.containing(start))).isEqualTo(expected);
    }

    @Test
    void hoursThatShareAPlaceInTheTableDoNotMixUp() {
        // given
        ZoneId zone = ZoneId.of("Europe/Berlin");
        HoursOfWeek hoursOfWeek = new HoursOfWeek(CivilCalendar.withoutHolidays(zone));

        for (long hour = -2000; hour < 8000; hour += 13) {
            for (long other : new long[] {hour, hour + 1024, hour}) {
                ZonedDateTime local = EpochHour.start(other).atZone(zone);

                // then
                assertThat(hoursOfWeek.at(other))
                        .isEqualTo(24 * (local.getDayOfWeek().getValue() - 1) + local.getHour());
            }
        }
    }
}
