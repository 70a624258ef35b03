package io.loadcast.holidays;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.loadcast.domain.Calendar;
import io.loadcast.domain.CalendarFeature;
import io.loadcast.domain.CivilCalendar;
import io.loadcast.domain.EpochHour;
import io.loadcast.domain.HolidayCalendar;
import java.nio.FloatBuffer;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PublicHolidaysTest {
    @Test
    void usHasTheFederalHolidaysOfAYearWithTheDaysOnWhichTheyAreObserved() {
        assertThat(holidaysOf("us", 2016))
                .containsExactly(
                        "2016-01-01", // New Year's Day
                        "2016-01-18", // Birthday of Martin Luther King, Jr.
                        "2016-02-15", // Washington's Birthday
                        "2016-05-30", // Memorial Day
                        "2016-07-04", // Independence Day
                        "2016-09-05", // Labor Day
                        "2016-11-11", // Veterans Day
                        "2016-11-24", // Thanksgiving Day
                        "2016-12-25", // Christmas, a Sunday
                        "2016-12-26"); // on which it is observed
    }

    @ParameterizedTest(name = "{0} {1}: {2} ({3})")
    @CsvSource({
        "us, 2017-07-04, true, Independence Day",
        "us, 2017-01-02, true, New Year's Day observed on a Monday",
        "us, 2010-12-31, true, New Year's Day 2011 observed on a Friday of the year before",
        "us, 2011-01-01, true, New Year's Day on a Saturday",
        "us, 2017-07-05, false, a normal day",
        "us, 2020-06-19, false, Juneteenth before it was a holiday",
        "us, 2023-06-19, true, Juneteenth",
        "us, 2017-11-24, false, the day after Thanksgiving",
        "us-pa, 2017-11-24, true, the day after Thanksgiving in Pennsylvania",
        "US-PA, 2017-07-04, true, a holiday of the whole country",
        "us, 2017-10-09, false, Columbus Day which not all states keep",
        "us-pa, 2017-10-09, true, Columbus Day in Pennsylvania",
        "de, 2017-10-03, true, Day of German Unity",
        "de, 2017-10-31, true, Reformation Day 2017",
        "de, 2018-10-31, false, Reformation Day in other years",
        "de, 2017-04-17, true, Easter Monday",
        "de, 2017-06-15, false, Corpus Christi",
        "de-by, 2017-06-15, true, Corpus Christi in Bavaria",
        "pt-11-lsb, 2017-06-13, true, a town's own in a subdivision of two levels",
        "none, 2017-07-04, false, no holidays at all",
    })
    void aDayIsAHolidayOrNot(String code, LocalDate date, boolean expected, String what) {
        assertThat(PublicHolidays.of(code).isHoliday(date)).as(what).isEqualTo(expected);
    }

    @Test
    void anHourBelongsToTheDateOfTheRegionsOwnClock() {
        // given
        Calendar newYork = new Calendar(
                new CivilCalendar(ZoneId.of("America/New_York"), PublicHolidays.of("us")),
                List.of(CalendarFeature.HOLIDAY));
        long firstHourUtc = EpochHour.containing(Instant.parse("2017-07-04T00:00:00Z"));
        FloatBuffer holiday = FloatBuffer.allocate(32);

        // when
        newYork.append(firstHourUtc, 32, holiday);

        // then
        float[] fromFourToFourUtc = new float[32];
        IntStream.range(4, 28).forEach(hour -> fromFourToFourUtc[hour] = 1);
        assertThat(holiday.array()).isEqualTo(fromFourToFourUtc);
    }

    @ParameterizedTest(name = "{0} {1}: {3} hours")
    @CsvSource({
        "Europe/Berlin,       de-bb,  2024-03-31, 23", // Easter Sunday in Brandenburg, and clocks go forward
        "Australia/Melbourne, au-vic, 2018-04-01, 25", // Easter Sunday in Victoria, and clocks go back
    })
    void aHolidayOnWhichClocksChangeHasAllHoursOfItsDay(String zone, String code, LocalDate day, int hours) {
        // given
        Calendar calendar = new Calendar(
                new CivilCalendar(ZoneId.of(zone), PublicHolidays.of(code)), List.of(CalendarFeature.HOLIDAY));
        long midnight = EpochHour.containing(day.atStartOfDay(ZoneId.of(zone)).toInstant());
        FloatBuffer holiday = FloatBuffer.allocate(hours + 1);

        // when
        calendar.append(midnight - 1, hours + 1, holiday);

        // then: the hour before belongs to Holy Saturday
        assertThat(holiday.get(0)).isEqualTo(PublicHolidays.of(code).isHoliday(day.minusDays(1)) ? 1 : 0);
        for (int i = 1; i <= hours; i++) {
            assertThat(holiday.get(i)).as("hour %d", i - 1).isEqualTo(1);
        }
    }

    @Test
    void calendarsOfTheSameCodeAreEqual() {
        assertThat(PublicHolidays.of("us-pa"))
                .isEqualTo(PublicHolidays.of("US-PA"))
                .hasSameHashCodeAs(PublicHolidays.of("US-PA"))
                .isNotEqualTo(PublicHolidays.of("us"))
                .extracting(HolidayCalendar::code)
                .isEqualTo("us-pa");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        uk        | 'uk' names no country whose holidays are known; use none, or one of ad, ae, af,
        nyse      | 'nyse' names no country
        ''        | '' names no country
        us_pa     | 'us_pa' names no country
        us-zz     | 'us-zz' names no subdivision whose holidays are known; use us, or with one of its subdivisions: ak, al, ar,
        us-       | 'us-' names no subdivision
        us-pa-x   | 'us-pa-x' names no subdivision whose holidays are known; use us-pa, which has none
        """)
    void aCodeThatIsUnknownIsRefusedWithTheKnownOnes(String code, String message) {
        assertThatThrownBy(() -> PublicHolidays.of(code))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(message);
    }

    private static List<String> holidaysOf(String code, int year) {
        HolidayCalendar holidays = PublicHolidays.of(code);
        LocalDate first = LocalDate.of(year, 1, 1);
        return first.datesUntil(first.plusYears(1))
                .filter(holidays::isHoliday)
                .map(LocalDate::toString)
                .toList();
    }
}
