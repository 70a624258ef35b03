package io.loadcast.feed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.loadcast.dataset.HourlySeries;
import io.loadcast.domain.EpochHour;
import io.loadcast.domain.Smape;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SyntheticGridTest {
    private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");
    private static final Instant END = Instant.parse("2021-01-01T00:00:00Z");
    private static final int YEAR = 8760;

    @Test
    void givesTheSameLoadsForTheSameSeedAndOthersForAnother() {
        // when
        List<HourlySeries> once = new SyntheticGrid(3, BERLIN, 7).seriesBefore(END, 200);
        List<HourlySeries> again = new SyntheticGrid(3, BERLIN, 7).seriesBefore(END, 200);
        List<HourlySeries> other = new SyntheticGrid(3, BERLIN, 8).seriesBefore(END, 200);

        // then
        for (int r = 0; r < 3; r++) {
            assertThat(again.get(r).loadMw()).containsExactly(once.get(r).loadMw());
            assertThat(other.get(r).loadMw()).isNotEqualTo(once.get(r).loadMw());
        }
    }

    @Test
    void endsBeforeTheGivenHourWithoutGaps() {
        // when
        List<HourlySeries> all = new SyntheticGrid(2, BERLIN, 1).seriesBefore(END, 48);

        // then
        assertThat(all).hasSize(2).allSatisfy(series -> {
            assertThat(series.presentHours()).isEqualTo(series.hours());
            assertThat(series.epochHour(series.hours())).isEqualTo(EpochHour.containing(END));
        });
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void isAsHardForTheRatioBaselineAsRealGrids(long seed) {
        // given
        System.out.println("seed " + seed);
        List<HourlySeries> grid = new SyntheticGrid(20, BERLIN, seed).seriesBefore(END, YEAR);

        // when
        double meanPct = grid.stream()
                .mapToDouble(SyntheticGridTest::ratioSmapePct)
                .average()
                .orElseThrow();

        // then
        System.out.printf("ratio baseline %.3f %%%n", meanPct);
        assertThat(meanPct).isBetween(0.8, 2.0);
        assertThat(grid).allSatisfy(series -> assertThat(ratioSmapePct(series)).isBetween(0.6, 2.6));
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void hasRegionsOfManySizesWithADailySwing(long seed) {
        // given
        System.out.println("seed " + seed);
        List<HourlySeries> grid = new SyntheticGrid(50, BERLIN, seed).seriesBefore(END, YEAR);

        // then
        assertThat(grid.stream().mapToDouble(SyntheticGridTest::mean).max().orElseThrow())
                .isGreaterThan(5
                        * grid.stream()
                                .mapToDouble(SyntheticGridTest::mean)
                                .min()
                                .orElseThrow());
        assertThat(grid).allSatisfy(series -> {
            double swing = lowest(series.last(24)) / highest(series.last(24));
            assertThat(swing).isBetween(0.4, 0.9);
        });
    }

    @Test
    void refusesANumberOfRegionsOutOfRange() {
        assertThatThrownBy(() -> new SyntheticGrid(0, BERLIN, 1)).hasMessage("regions 0 is not in 1 to 10000");
    }

    private static double ratioSmapePct(HourlySeries series) {
        double sum = 0;
        for (int i = 25; i < series.hours(); i++) {
            double forecast = (double) series.loadMw(i - 1) * series.loadMw(i - 24) / series.loadMw(i - 25);
            sum += Smape.termPct(series.loadMw(i), forecast);
        }
        return sum / (series.hours() - 25);
    }

    private static double mean(HourlySeries series) {
        double sum = 0;
        for (float loadMw : series.loadMw()) {
            sum += loadMw;
        }
        return sum / series.hours();
    }

    private static double lowest(HourlySeries series) {
        double lowest = Double.MAX_VALUE;
        for (float loadMw : series.loadMw()) {
            lowest = Math.min(lowest, loadMw);
        }
        return lowest;
    }

    private static double highest(HourlySeries series) {
        double highest = 0;
        for (float loadMw : series.loadMw()) {
            highest = Math.max(highest, loadMw);
        }
        return highest;
    }
}
