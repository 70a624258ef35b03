package io.loadcast.training.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.loadcast.dataset.HourlySeries;
import io.loadcast.domain.CivilCalendar;
import io.loadcast.domain.Quantile;
import io.loadcast.domain.Region;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

/** The metrics, against values worked out by hand. */
class RegionSumsTest {
    private static final Offset<Double> EXACT = within(1e-9);

    @Test
    void metricsOfMediansAreWhatTheirFormulasSay() {
        // given: errors of +20, −40 and 0 MW
        RegionSums sums = new RegionSums(1, List.of(Quantile.P50));

        // when
        sums.add(1, 100, 80);
        sums.add(1, 200, 240);
        sums.add(1, 300, 300);
        RegionScores scores = scores(sums.byLead(40));

        // then
        assertThat(scores.at(Metric.SMAPE, 1)).isEqualTo(200 * (20.0 / 180 + 40.0 / 440) / 3, EXACT);
        assertThat(scores.at(Metric.MAPE, 1)).isEqualTo((20.0 + 20.0 + 0) / 3, EXACT);
        assertThat(scores.at(Metric.MAE, 1)).isEqualTo(20, EXACT);
        assertThat(scores.at(Metric.RMSE, 1)).isEqualTo(Math.sqrt((400.0 + 1600.0) / 3), EXACT);
        assertThat(scores.at(Metric.MASE, 1)).isEqualTo(0.5, EXACT);
        assertThat(scores.byLead().keySet()).noneMatch(Metric::isOfQuantiles);
    }

    @Test
    void metricsOfQuantilesAreWhatTheirFormulasSay() {
        // given
        RegionSums sums = new RegionSums(1, List.of(Quantile.P10, Quantile.P50, Quantile.P90));

        // when: 5 above the interval [80, 120], then inside [90, 110]
        sums.add(1, 125, 80, 100, 120);
        sums.add(1, 100, 90, 100, 110);
        RegionScores scores = scores(sums.byLead(1));

        // then
        double above = (0.1 * 45 + 0.5 * 25 + 0.9 * 5) / 3;
        double inside = (0.1 * 10 + 0.5 * 0 + 0.1 * 10) / 3;
        assertThat(scores.at(Metric.PINBALL, 1)).isEqualTo((above + inside) / 2, EXACT);
        assertThat(scores.at(Metric.COVERAGE, 1)).isEqualTo(50, EXACT);
        assertThat(scores.at(Metric.WIDTH, 1)).isEqualTo(30, EXACT);
    }

    @Test
    void hourWithoutLoadHasNoPercentageButCountsElsewhere() {
        // given
        RegionSums sums = new RegionSums(2, List.of(Quantile.P50));

        // when
        sums.add(1, 0, 10);
        sums.add(1, 100, 90);
        RegionScores scores = scores(sums.byLead(1));

        // then
        assertThat(scores.at(Metric.MAPE, 1)).isEqualTo(10, EXACT);
        assertThat(scores.at(Metric.MAE, 1)).isEqualTo(10, EXACT);
        assertThat(scores.at(Metric.MAE, 2)).isNaN();
    }

    @Test
    void inSampleErrorTakesPairsADayApartBeforeTheTest() {
        // given: 30 hours that grow by 1 MW, one of them missing, then a jump that belongs to the test
        float[] loadMw = new float[40];
        for (int i = 0; i < loadMw.length; i++) {
            loadMw[i] = i < 30 ? i : 10_000;
        }
        loadMw[2] = Float.NaN;
        HourlySeries series = new HourlySeries(new Region("A"), CivilCalendar.UTC, 500, loadMw);

        // when
        double error = InSampleError.ofSeasonalNaive(series, 530);

        // then
        assertThat(error).isEqualTo(24, EXACT);
        assertThat(InSampleError.ofSeasonalNaive(series, 510)).isNaN();
    }

    @Test
    void skillIsWhatOfTheOthersErrorIsGone() {
        // given
        Scores half = scores(1, 2);
        Scores whole = scores(2, 4);

        // then
        assertThat(half.skill(whole, "A", 1)).isEqualTo(0.5, EXACT);
        assertThat(half.skill(whole, 1)).isEqualTo(0.5, EXACT);
        assertThat(whole.skill(half, "B", 1)).isEqualTo(-1, EXACT);
    }

    private static Scores scores(double smapeOfA, double smapeOfB) {
        return new Scores(
                "any",
                Map.of(
                        "A", scores(Map.of(Metric.SMAPE, new double[] {smapeOfA})),
                        "B", scores(Map.of(Metric.SMAPE, new double[] {smapeOfB}))));
    }

    private static RegionScores scores(Map<Metric, double[]> byLead) {
        double[] none = {};
        SampleWeek week = new SampleWeek(ZoneOffset.UTC, 0, 1, none, none, none, none, none);
        return new RegionScores(1, byLead, 0, new RegionDetails(none, Map.of(), week));
    }
}
