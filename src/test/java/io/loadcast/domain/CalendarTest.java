package io.loadcast.domain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.nio.FloatBuffer;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

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

    private static final String EVERY_HOUR = "0 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20 21 22 23";
    private static final String WITHOUT_TWO = "0 1 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20 21 22 23";
    private static final String ONE_TWICE = "0 1 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20 21 22 23";
    private static final String TWO_TWICE = "0 1 2 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20 21 22 23";

    /** Days on which clocks change, and two of zones whose hours start at :30 and :45 all year. */
    static Stream<Arguments> daysOfUncommonLength() {
        return Stream.of(
                arguments("America/New_York", "2024-03-10", WITHOUT_TWO),
                arguments("America/New_York", "2024-11-03", ONE_TWICE),
                arguments("Europe/Berlin", "2024-03-31", WITHOUT_TWO),
                arguments("Europe/Berlin", "2024-10-27", TWO_TWICE),
                arguments("Australia/Melbourne", "2024-10-06", WITHOUT_TWO),
                arguments("Australia/Melbourne", "2024-04-07", TWO_TWICE),
                arguments("Australia/Lord_Howe", "2024-10-06", WITHOUT_TWO), // hours start at :30, then at :00
                arguments("Australia/Lord_Howe", "2024-04-07", ONE_TWICE), // at :00, then at :30
                arguments("Asia/Kolkata", "2024-03-10", EVERY_HOUR),
                arguments("Asia/Kathmandu", "2024-10-27", EVERY_HOUR));
    }

    @ParameterizedTest(name = "{0} {1}")
    @MethodSource("daysOfUncommonLength")
    void everyHourOfADayHasTheWallClockOfItsStart(String zone, LocalDate day, String hoursOfDay) {
        // given a holiday on that day alone, and the hours that start on it, with the three before and after
        ZoneId civil = ZoneId.of(zone);
        List<CalendarFeature> features = List.of(CalendarFeature.values());
        Calendar calendar = new Calendar(new CivilCalendar(civil, new OneHoliday(day)), features);
        long first = firstHourOf(day, civil);
        int hours = (int) (firstHourOf(day.plusDays(1), civil) - first);
        FloatBuffer values = FloatBuffer.allocate((hours + 6) * features.size());

        // when
        calendar.append(first - 3, hours + 6, values);

        // then
        List<String> seen = new ArrayList<>();
        for (int i = 0; i < hours + 6; i++) {
            boolean onTheDay = i >= 3 && i < hours + 3;
            LocalDate date = i < 3 ? day.minusDays(1) : onTheDay ? day : day.plusDays(1);
            float[] row = new float[features.size()];
            values.get(i * features.size(), row);
            assertThat(row)
                    .as("hour %d of the day", i - 3)
                    .containsExactly(
                            hourOnTheWall(first - 3 + i, civil),
                            date.getDayOfWeek().getValue() - 1,
                            date.getMonthValue(),
                            date.getDayOfYear(),
                            onTheDay ? 1 : 0);
            if (onTheDay) {
                seen.add(Integer.toString((int) row[0]));
            }
        }
        assertThat(String.join(" ", seen)).isEqualTo(hoursOfDay);
    }

    /** The first UTC hour that starts on the day. */
    private static long firstHourOf(LocalDate day, ZoneId zone) {
        long midnight = day.atStartOfDay(zone).toEpochSecond();
        return -Math.floorDiv(-midnight, 3600L);
    }

    /** By the zone's offset from UTC, without a local date. */
    private static int hourOnTheWall(long epochHour, ZoneId zone) {
        int offset = zone.getRules().getOffset(EpochHour.start(epochHour)).getTotalSeconds();
        return (int) Math.floorMod(epochHour * 3600 + offset, 86_400L) / 3600;
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
