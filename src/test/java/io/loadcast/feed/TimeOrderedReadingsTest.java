package io.loadcast.feed;

import static org.assertj.core.api.Assertions.assertThat;

import io.loadcast.dataset.HourlySeries;
import io.loadcast.domain.CivilCalendar;
import io.loadcast.domain.Reading;
import io.loadcast.domain.Region;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class TimeOrderedReadingsTest {
    private static final float GAP = Float.NaN;

    @Test
    void comeByTimeThenByRegionAndSkipGaps() {
        // given
        HourlySeries b = series("b", 10, 1f, GAP, 3f);
        HourlySeries a = series("a", 11, 4f, 5f, 6f);

        // when
        TimeOrderedReadings readings = TimeOrderedReadings.of(List.of(b, a));

        // then
        assertThat(readings)
                .containsExactly(
                        reading("b", 10, 1),
                        reading("a", 11, 4),
                        reading("a", 12, 5),
                        reading("b", 12, 3),
                        reading("a", 13, 6));
        assertThat(readings.count()).isEqualTo(5);
        assertThat(readings.regions()).isEqualTo(2);
    }

    @Test
    void lastHoursCountFromTheNewestHourOfAnyRegion() {
        // given
        TimeOrderedReadings readings =
                TimeOrderedReadings.of(List.of(series("a", 10, 1f, 2f), series("b", 10, 1f, 2f, 3f, 4f)));

        // when
        TimeOrderedReadings last = readings.last(3);

        // then
        assertThat(last)
                .containsExactly(reading("a", 11, 2), reading("b", 11, 2), reading("b", 12, 3), reading("b", 13, 4));
        assertThat(last.count()).isEqualTo(4);
        assertThat(readings.last(1000)).containsExactlyElementsOf(readings);
    }

    @Test
    void giveTheDecimalThatTheFloatWasReadFrom() {
        // given
        HourlySeries series = series("a", 0, 1234.6f, 0.0004f);

        // when, then
        assertThat(TimeOrderedReadings.of(List.of(series)))
                .containsExactly(reading("a", 0, 1234.6), reading("a", 1, 0.0004));
    }

    @Test
    void ofNothingAreNone() {
        assertThat(TimeOrderedReadings.of(List.of())).isEmpty();
    }

    private static HourlySeries series(String region, long firstEpochHour, float... loadMw) {
        return new HourlySeries(new Region(region), CivilCalendar.UTC, firstEpochHour, loadMw);
    }

    private static Reading reading(String region, long epochHour, double loadMw) {
        return new Reading(new Region(region), Instant.ofEpochSecond(epochHour * 3600), loadMw);
    }
}
