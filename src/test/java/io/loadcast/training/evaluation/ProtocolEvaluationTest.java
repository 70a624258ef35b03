package io.loadcast.training.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.loadcast.dataset.CsvFormat;
import io.loadcast.dataset.HourlyCsv;
import io.loadcast.dataset.HourlySeries;
import io.loadcast.dataset.PjmData;
import io.loadcast.domain.Baseline;
import io.loadcast.domain.CivilCalendar;
import io.loadcast.domain.Region;
import io.loadcast.inference.Device;
import io.loadcast.inference.EngineOptions;
import io.loadcast.inference.ModelFile;
import io.loadcast.inference.OnnxForecastEngine;
import io.loadcast.inference.TestModels;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class ProtocolEvaluationTest {

    @Test
    void modelThatRepeatsTheLastLoadScoresAsTheBaselineThatDoes() {
        // given
        List<HourlySeries> series = List.of(growing("A", 1000), growing("B", 700));

        // when
        Evaluation evaluation;
        try (OnnxForecastEngine engine = persistence()) {
            ProtocolEvaluation article = new ProtocolEvaluation(Protocol.ARTICLE, series);
            evaluation = article.with(List.of(article.score(engine)), false);
        }

        // then
        Scores model = evaluation.models().get(0);
        Scores lastValue = evaluation.baselines().get(0);
        assertThat(evaluation.windows()).isEqualTo(91 + 61);
        assertThat(lastValue.name()).isEqualTo("last-value");
        for (int lead = 1; lead <= 24; lead++) {
            assertThat(model.smapePct(lead)).isCloseTo(lastValue.smapePct(lead), within(1e-4));
        }
    }

    @Test
    void errorOfAConstantGrowthIsWhatTheFormulaSays() {
        // given: 1 % more each hour
        ProtocolEvaluation evaluation = new ProtocolEvaluation(Protocol.ARTICLE, List.of(growing("A", 1000)));

        // when
        Scores lastValue = evaluation.score(new LookbackBaseline(Baseline.LAST_VALUE));
        Scores dailyRatio = evaluation.score(new LookbackBaseline(Baseline.RATIO));
        Scores seasonal = evaluation.score(new LookbackBaseline(Baseline.SEASONAL_NAIVE));

        // then
        assertThat(lastValue.smapePct(1)).isCloseTo(200 * 0.01 / 2.01, within(1e-3));
        assertThat(dailyRatio.smapePct(24)).isCloseTo(0, within(1e-3));
        assertThat(seasonal.smapePct(24)).isCloseTo(lastValue.smapePct(24), within(1e-9));
        assertThat(seasonal.smapePct(1)).isGreaterThan(lastValue.smapePct(1));
    }

    @Test
    void coverageIsTheShareOfLoadsInsideTheInterval() {
        // given: 1 % more each hour, so the tenth hour ahead is the first above the interval of ± 10 %
        ProtocolEvaluation evaluation =
                new ProtocolEvaluation(Protocol.ARTICLE, List.of(growing("A", 1000), constant("B", 1000)));

        // when
        Scores baseline = evaluation.score(new LookbackBaseline(Baseline.LAST_VALUE));
        Scores scores;
        try (OnnxForecastEngine engine = persistence()) {
            scores = evaluation.score(engine);
        }

        // then
        assertThat(scores.has(Metric.COVERAGE)).isTrue();
        assertThat(scores.at(Metric.COVERAGE, "A", 9)).isEqualTo(100);
        assertThat(scores.at(Metric.COVERAGE, "A", 10)).isZero();
        assertThat(scores.at(Metric.COVERAGE, "B", 24)).isEqualTo(100);
        assertThat(scores.at(Metric.COVERAGE, 10)).isEqualTo(50);
        assertThat(baseline.has(Metric.COVERAGE)).isFalse();
    }

    @Test
    void jsonHasTheAgreedForm() {
        // given
        Evaluation evaluation;
        try (OnnxForecastEngine engine = persistence()) {
            ProtocolEvaluation article = new ProtocolEvaluation(Protocol.ARTICLE, List.of(growing("A", 1000)));
            evaluation = article.with(List.of(article.score(engine)), false);
        }

        // when
        var json = EvaluationReport.toJson(evaluation);

        // then
        assertThat(json.fieldNames()).toIterable().containsExactly("protocol", "windows", "models", "baselines");
        var model = json.get("models").get(0);
        assertThat(model.fieldNames())
                .toIterable()
                .containsExactly(
                        "name",
                        "smape_pct",
                        "mape_pct",
                        "mae_mw",
                        "rmse_mw",
                        "mase",
                        "pinball_mw",
                        "coverage_pct",
                        "width_mw",
                        "article_smape_pct",
                        "skill",
                        "regions");
        assertThat(model.get("skill").fieldNames())
                .toIterable()
                .containsExactly("last-value", "ratio", "seasonal-naive-24h", "seasonal-naive-168h");
        assertThat(model.at("/regions/A/skill/ratio/1").isNumber()).isTrue();
        assertThat(model.at("/regions/A/width_mw/1").isNumber()).isTrue();
        assertThat(model.get("smape_pct").size()).isEqualTo(24);
        assertThat(model.get("article_smape_pct").get("1").asDouble())
                .isEqualTo(model.get("smape_pct").get("1").asDouble() / 4);
        assertThat(model.at("/regions/A/smape_pct/24").isNumber()).isTrue();
        assertThat(model.at("/coverage_pct/1").asDouble()).isEqualTo(100);
        assertThat(model.at("/regions/A/coverage_pct/24").isNumber()).isTrue();
        assertThat(json.get("baselines").size()).isEqualTo(4);
        assertThat(json.at("/baselines/0").fieldNames())
                .toIterable()
                .containsExactly(
                        "name",
                        "smape_pct",
                        "mape_pct",
                        "mae_mw",
                        "rmse_mw",
                        "mase",
                        "article_smape_pct",
                        "missing_forecasts",
                        "regions");
    }

    @Test
    void baselinesScoreOnThePjmFilesWhatIsKnownOfThem() {
        // given
        List<HourlySeries> files = HourlyCsv.read(PjmData.directory(), CsvFormat.PJM);

        // when
        ProtocolEvaluation evaluation = new ProtocolEvaluation(Protocol.ARTICLE, files);

        // then
        assertThat(evaluation.score(new LookbackBaseline(Baseline.LAST_VALUE)).smapePct(1))
                .isCloseTo(3.291, within(0.0006));
        assertThat(evaluation.score(new LookbackBaseline(Baseline.RATIO)).smapePct(1))
                .isCloseTo(1.384, within(0.0006));
        assertThat(evaluation
                        .score(new LookbackBaseline(Baseline.SEASONAL_NAIVE))
                        .smapePct(24))
                .isCloseTo(7.29, within(0.006));
    }

    @Test
    void rollingTestForecastsTrueHoursWithTheImputationOfServing() {
        // given: the load is the number of the hour; two hours before the test and one in it were not read
        float[] loadMw = new float[300];
        for (int i = 0; i < loadMw.length; i++) {
            loadMw[i] = 1000 + i;
        }
        loadMw[200] = loadMw[201] = loadMw[280] = Float.NaN;
        HourlySeries series = new HourlySeries(new Region("A"), CivilCalendar.UTC, 420_000, loadMw);

        // when
        RegionTest test = new RollingTest(series);
        List<TestWindow> windows = test.windows().toList();

        // then: origins 269 … 298 but 280
        assertThat(test.firstTestHour()).isEqualTo(420_270);
        assertThat(windows).hasSize(29).noneMatch(window -> window.issueHour() == 420_280);
        TestWindow first = windows.get(0);
        assertThat(first.issueHour()).isEqualTo(420_269);
        assertThat(first.lookbackMw()).hasSize(90);
        assertThat(first.lookbackMw()[200 - 180]).isCloseTo(1199f * 1176 / 1175, within(0.01f));
        assertThat(first.actualMw()[0]).isEqualTo(1270);
        assertThat(first.actualMw()[280 - 270]).isNaN();
        assertThat(first.actualMw()[281 - 270]).isEqualTo(1281);
        assertThat(windows.get(28).actualMw()[1]).isNaN();
    }

    @Test
    void rollingTestWithholdsWhereServingWould() {
        // given: seven hours in a row are too many to impute until they have left the lookback
        float[] loadMw = new float[2000];
        Arrays.fill(loadMw, 100);
        Arrays.fill(loadMw, 1850, 1857, Float.NaN);
        HourlySeries series = new HourlySeries(new Region("A"), CivilCalendar.UTC, 420_000, loadMw);

        // when
        List<Long> issued =
                new RollingTest(series).windows().map(TestWindow::issueHour).toList();

        // then
        assertThat(issued)
                .contains(420_000L + 1849, 420_000L + 1850 + 90)
                .doesNotContain(420_000L + 1857, 420_000L + 1850 + 89);
    }

    @Test
    void bothProtocolsAgreeWhereNoHourIsMissing() {
        // given
        List<HourlySeries> series = List.of(growing("A", 1000));

        // when
        double article = new ProtocolEvaluation(Protocol.ARTICLE, series)
                .score(new LookbackBaseline(Baseline.LAST_VALUE))
                .smapePct(3);
        double rolling = new ProtocolEvaluation(Protocol.ROLLING, series)
                .score(new LookbackBaseline(Baseline.LAST_VALUE))
                .smapePct(3);

        // then: a constant growth errs the same everywhere
        assertThat(rolling).isCloseTo(article, within(1e-4));
    }

    private static OnnxForecastEngine persistence() {
        return OnnxForecastEngine.open(
                ModelFile.of("test", TestModels.persistence()), new EngineOptions(Device.CPU, 1));
    }

    private static HourlySeries constant(String region, int hours) {
        float[] loadMw = new float[hours];
        Arrays.fill(loadMw, 100);
        return new HourlySeries(new Region(region), CivilCalendar.UTC, 420_000, loadMw);
    }

    private static HourlySeries growing(String region, int hours) {
        float[] loadMw = new float[hours];
        for (int i = 0; i < hours; i++) {
            loadMw[i] = (float) (100 * Math.pow(1.01, i));
        }
        return new HourlySeries(new Region(region), CivilCalendar.UTC, 420_000, loadMw);
    }
}
