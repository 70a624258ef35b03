package io.loadcast.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatNoException;

import io.loadcast.dataset.HourlySeries;
import io.loadcast.domain.CivilCalendar;
import io.loadcast.domain.Reading;
import io.loadcast.domain.Region;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class TimelineTest {
    private static final int LOOKBACK = 90;
    private static final int HORIZON = 24;

    @Test
    void everyHourOfEveryRegionIsFedOnceAndInOrder() {
        // given
        Timeline timeline = Timeline.of(3, LOOKBACK, HORIZON, 300);
        List<HourlySeries> series = List.of(
                series("A", 1000, timeline.hoursFor(5)),
                series("B", 1300, timeline.hoursFor(1)),
                series("C", 1000, timeline.hoursFor(40)));

        // when
        Map<String, List<Long>> fed = new TreeMap<>();
        List<Iterable<Reading>> parts =
                new ArrayList<>(List.of(timeline.warmUpAndLeadIn(series), timeline.measured(series)));
        for (int burst = 0; burst < Timeline.BURSTS; burst++) {
            parts.add(timeline.burst(series, burst));
        }
        parts.add(timeline.lone(series));
        parts.add(timeline.batch1LeadIn(series));
        parts.add(timeline.batch1(series));
        parts.forEach(part ->
                part.forEach(reading -> fed.computeIfAbsent(reading.region().name(), name -> new ArrayList<>())
                        .add(reading.epochHour())));

        // then
        assertThat(fed).hasSize(3);
        series.forEach(one -> {
            List<Long> hours = new ArrayList<>();
            for (int i = 0; i < one.hours(); i++) {
                hours.add(one.epochHour(i));
            }
            assertThat(fed.get(one.region().name())).isEqualTo(hours);
        });
    }

    @Test
    void theMeasuredRunHasTheHoursAskedFor() {
        // given
        Timeline timeline = Timeline.of(2, LOOKBACK, HORIZON, 10);
        List<HourlySeries> series = List.of(series("A", 0, timeline.hoursFor(7)), series("B", 0, timeline.hoursFor(7)));

        // then
        assertThat(timeline.measured(series).count()).isEqualTo(2 * 7);
    }

    @Test
    void theLeadInIsLongEnoughForScoresAtAllLeadTimesAndForTheTicksAskedFor() {
        assertThat(Timeline.of(1000, LOOKBACK, HORIZON, 10).leadInHours()).isEqualTo(HORIZON + 1);
        assertThat(Timeline.of(12, LOOKBACK, HORIZON, 30_000).leadInHours()).isEqualTo(2500);
        assertThat(Timeline.of(12, LOOKBACK, HORIZON, 30_000).hoursBefore()).isEqualTo(LOOKBACK - 1 + 2500);
    }

    @Test
    void thereAreAHundredLoneTicksAndABurstIsAnHourOfAllRegions() {
        for (int regions : new int[] {1, 12, 150}) {
            // given
            Timeline timeline = Timeline.of(regions, LOOKBACK, HORIZON, 10);
            List<HourlySeries> series = BenchGrid.series(regions, timeline.hoursFor(1));

            // then
            assertThat(timeline.lone(series).count()).isBetween(100L, 99L + regions);
            assertThat(timeline.burst(series, 0).count()).isEqualTo(regions);
        }
    }

    @Test
    void aRegionWithTooFewHoursIsRefusedByName() {
        // given
        Timeline timeline = Timeline.of(1, LOOKBACK, HORIZON, 10);
        int enough = timeline.hoursFor(1);

        // then
        assertThatNoException().isThrownBy(() -> timeline.requireEnough(series("NORTH", 0, enough)));
        assertThatExceptionOfType(BenchException.class)
                .isThrownBy(() -> timeline.requireEnough(series("NORTH", 0, enough - 1)))
                .withMessageContainingAll("NORTH", String.valueOf(enough - 1), String.valueOf(enough), "--lead-in");
    }

    private static HourlySeries series(String region, long firstEpochHour, int hours) {
        float[] loadsMw = new float[hours];
        Arrays.fill(loadsMw, 100);
        return new HourlySeries(new Region(region), CivilCalendar.UTC, firstEpochHour, loadsMw);
    }
}
