package io.loadcast.domain;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.FloatBuffer;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import org.junit.jupiter.api.Test;

class CalendarTest {
    @Test
    void featuresFollowTheWallClockOverBothDaylightSavingDays() {
        // given
        Calendar calendar = new Calendar(
                CivilCalendar.withoutHolidays(ZoneId.of("America/New_York")),
                List.of(CalendarFeature.HOUR_OF_DAY, CalendarFeature.DAY_OF_WEEK, CalendarFeature.DAY_OF_YEAR));
        long spring = EpochHour.containing(Instant.parse("2024-03-10T06:00:00Z"));
        long autumn = EpochHour.containing(Instant.parse("2024-11-03T05:00:00Z"));
        FloatBuffer features = FloatBuffer.allocate(15);

        // when
        calendar.append(spring, 2, features);
        calendar.append(autumn, 3, features);

        // then
        assertThat(features.array()).containsExactly(1, 6, 70, 3, 6, 70, 1, 6, 308, 1, 6, 308, 2, 6, 308);
    }

    @Test
    void aHolidayLastsFromMidnightToMidnightOfTheRegionsOwnClock() {
        // given
        HolidayCalendar newYear = new OneHoliday(LocalDate.of(2024, 1, 1));
        Calendar calendar = new Calendar(
                new CivilCalendar(ZoneId.of("Asia/Tokyo"), newYear),
                List.of(CalendarFeature.HOUR_OF_DAY, CalendarFeature.HOLIDAY));
        long midnight = EpochHour.containing(Instant.parse("2023-12-31T15:00:00Z"));
        FloatBuffer features = FloatBuffer.allocate(8);

        // when
        calendar.append(midnight - 1, 2, features);
        calendar.append(midnight + 23, 2, features);

        // then
        assertThat(features.array()).containsExactly(23, 0, 0, 1, 23, 1, 0, 0);
    }

    private record OneHoliday(LocalDate holiday) implements HolidayCalendar {
        @Override
        public String code() {
            return holiday.toString();
        }

        @Override
        public boolean isHoliday(LocalDate date) {
            return date.equals(holiday);
        }
    }

    @Test
    void hoursThatShareASlotOfTheTableDoNotMix() {
        // given
        Calendar calendar = new Calendar(CivilCalendar.UTC, List.of(CalendarFeature.HOUR_OF_DAY));
        FloatBuffer features = FloatBuffer.allocate(3);

        // when
        calendar.append(0, 1, features);
        calendar.append(4096, 1, features);
        calendar.append(0, 1, features);

        // then
        assertThat(features.array()).containsExactly(0, 4096 % 24, 0);
    }
}
