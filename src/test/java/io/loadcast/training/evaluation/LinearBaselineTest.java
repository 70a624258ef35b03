package io.loadcast.training.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.ParameterStore;
import com.fasterxml.jackson.databind.JsonNode;
import io.loadcast.dataset.CsvFormat;
import io.loadcast.dataset.HourlyCsv;
import io.loadcast.dataset.HourlySeries;
import io.loadcast.dataset.PjmData;
import io.loadcast.domain.Calendar;
import io.loadcast.domain.CivilCalendar;
import io.loadcast.domain.Quantile;
import io.loadcast.domain.Region;
import io.loadcast.forecasting.ForecastEngine;
import io.loadcast.forecasting.LastValueEngine;
import io.loadcast.forecasting.WindowBatch;
import io.loadcast.zoo.Architecture;
import io.loadcast.zoo.LinearForecast;
import io.loadcast.zoo.LinearPart;
import io.loadcast.zoo.Network;
import io.loadcast.zoo.NetworkInput;
import io.loadcast.zoo.Zoo;
import java.nio.FloatBuffer;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class LinearBaselineTest {
    private static final long SEED = 11;
    private static final int LAGS = 73;
    private static final CivilCalendar CIVIL = CivilCalendar.withoutHolidays(ZoneOffset.ofHours(-5));

    /** 1970-01-05T04:00Z, a Sunday at 23 h in the zone: the first hour ahead is hour 0 of the week. */
    private static final long SUNDAY_NIGHT = 4 * 24 + 4;

    @Test
    void forecastIsTheFormulaWithTheCoefficientsOfTheFirstHourAhead() {
        // given: the last hours are 400, 100 and 200 MW; hour 1 of the week has coefficients of its own
        LinearForecast linear = LinearForecast.zero(LAGS, 24);
        linear.bias()[0] = 0.1f;
        linear.weights()[0] = 0.5f; // k = 1, h = 1
        linear.weights()[24] = 0.25f; // k = 2, h = 1
        linear.weights()[24 + 1] = -1; // k = 2, h = 2
        linear.bias()[24] = 1;
        float[] lookbackMw = lookback(400, 100, 200);

        // when
        float[] sunday = forecast(linear, SUNDAY_NIGHT, lookbackMw);
        float[] monday = forecast(linear, SUNDAY_NIGHT + 1, lookbackMw);
        float[] later = forecast(linear, SUNDAY_NIGHT + 2, lookbackMw);

        // then: 200 · exp(0.1 + 0.5 · ln(1/2) + 0.25 · ln 2) and 200 · exp(−ln 2)
        assertThat(sunday[0]).isCloseTo(200 * (float) (Math.exp(0.1) * Math.pow(2, -0.25)), within(1e-3f));
        assertThat(sunday[1]).isCloseTo(100, within(1e-3f));
        assertThat(monday[0]).isCloseTo(200 * (float) Math.E, within(1e-3f));
        assertThat(later).hasSize(24).containsOnly(200);
    }

    @Test
    void forecastStaysWithinAFactorOfExpThree() {
        // given
        LinearForecast linear = LinearForecast.zero(LAGS, 24);
        linear.bias()[0] = 50;
        linear.bias()[1] = -50;

        // when
        float[] forecastMw = forecast(linear, SUNDAY_NIGHT, lookback(100, 100, 100));

        // then
        assertThat(forecastMw[0]).isCloseTo((float) (100 * Math.exp(3)), within(1e-2f));
        assertThat(forecastMw[1]).isCloseTo((float) (100 * Math.exp(-3)), within(1e-4f));
    }

    @Test
    void baselineIsTheNetworkBeforeItsTraining() {
        // given: any coefficients, and windows of which some hold zeros
        System.out.println("seed " + SEED);
        Random random = new Random(SEED);
        Architecture architecture = Zoo.named("gru-attention");
        LinearForecast linear = LinearForecast.zero(LAGS, 24);
        fill(linear.weights(), random, 0.02f);
        fill(linear.bias(), random, 0.1f);
        float[] lookbackMw = new float[90];
        fill(lookbackMw, random, 100);
        for (int i = 0; i < 90; i++) {
            lookbackMw[i] = Math.max(0, lookbackMw[i] + 100);
        }

        // when
        float[] baseline = forecast(linear, 420_000, lookbackMw);
        float[] network = medians(architecture, linear, lookbackMw);

        // then
        assertThat(lookbackMw).contains(0);
        for (int h = 0; h < 24; h++) {
            assertThat(baseline[h]).isCloseTo(network[h], within(1e-4f * network[h]));
        }
    }

    @Test
    void loadThatRepeatsEachWeekIsFittedExactly() {
        // given: then the ridge fit is known: no weights, and the log-ratios as bias
        System.out.println("seed " + SEED);
        Random random = new Random(SEED);
        float[] week = new float[168];
        fill(week, random, 100);
        float[] loadMw = new float[168 * 90];
        for (int i = 0; i < loadMw.length; i++) {
            loadMw[i] = 1000 + week[i % 168];
        }
        ProtocolEvaluation evaluation = new ProtocolEvaluation(Protocol.ARTICLE, List.of(series(loadMw)));

        // when
        Scores linear = scores(evaluation.with(List.of(), true), "linear");

        // then
        for (int lead = 1; lead <= 24; lead++) {
            assertThat(linear.smapePct(lead)).isLessThan(1e-3);
        }
        assertThat(linear.has(Metric.COVERAGE))
                .as("an interval that nothing has calibrated is not scored")
                .isFalse();
    }

    @Test
    void tooLittleDataGivesNoScoreAndANote() {
        // given
        float[] loadMw = new float[2000];
        Arrays.fill(loadMw, 100);
        ProtocolEvaluation evaluation = new ProtocolEvaluation(Protocol.ROLLING, List.of(series(loadMw)));

        // when
        JsonNode json;
        Evaluation outcome;
        try (LastValueEngine engine = new LastValueEngine()) {
            outcome = evaluation.with(List.of(evaluation.score(engine)), true);
            json = EvaluationReport.toJson(outcome);
        }

        // then
        assertThat(json.at("/baselines/4/name").asText()).isEqualTo("linear");
        assertThat(json.at("/baselines/4/smape_pct").isNull()).isTrue();
        assertThat(json.at("/baselines/4/note").asText()).contains("too little data");
        assertThat(json.at("/models/0/skill/linear").isNull()).isTrue();
        assertThat(EvaluationReport.toTable(outcome)).contains("linear: not scored, too little data");
    }

    @Test
    void fitNeverSeesTheTestOfAnotherProtocol() {
        // given: of two spells far apart, the article's test takes the last rows, the rolling one the last tenth of the
        // time
        float[] loadMw = new float[200_000];
        Arrays.fill(loadMw, Float.NaN);
        Arrays.fill(loadMw, 0, 1000, 100);
        Arrays.fill(loadMw, 170_000, 200_000, 100);
        HourlySeries series = series(loadMw);

        // when, then
        assertThatThrownBy(() -> LinearBaseline.fit(List.of(new RollingTest(series))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("its test begins among the hours to fit to");
        assertThat(LinearBaseline.fit(List.of(Protocol.ARTICLE.of(series))).lags())
                .isEqualTo(LAGS);
    }

    @Test
    void baselineScoresOnThePjmFilesWhatIsKnownOfIt() {
        // given
        List<HourlySeries> files = HourlyCsv.read(PjmData.directory(), CsvFormat.PJM);

        // when
        Scores linear = scores(new ProtocolEvaluation(Protocol.ARTICLE, files).with(List.of(), true), "linear");

        // then
        assertThat(linear.smapePct(1)).isCloseTo(0.799, within(0.002));
        assertThat(linear.smapePct(24)).isCloseTo(5.593, within(0.006));
    }

    private static Scores scores(Evaluation evaluation, String baseline) {
        return evaluation.baselines().stream()
                .filter(scores -> scores.name().equals(baseline))
                .findFirst()
                .orElseThrow();
    }

    private static float[] forecast(LinearForecast linear, long issueHour, float[] lookbackMw) {
        try (ForecastEngine engine = LinearBaseline.open(linear)) {
            WindowBatch batch = new WindowBatch(engine.manifest(), 1);
            batch.add(
                    new Region("A"),
                    lookbackMw,
                    issueHour,
                    new Calendar(CIVIL, engine.manifest().calendarFeatures()));
            engine.run(batch);
            float[] medianMw = new float[24];
            for (int lead = 1; lead <= 24; lead++) {
                medianMw[lead - 1] = batch.quantileMw(0, lead, 1);
            }
            return medianMw;
        }
    }

    private static float[] medians(Architecture architecture, LinearForecast linear, float[] lookbackMw) {
        int hours = architecture.lookbackHours() + architecture.horizonHours();
        int features = architecture.calendarFeatures().size();
        int quantiles = architecture.quantiles().size();
        FloatBuffer calendar = FloatBuffer.allocate(hours * features);
        new Calendar(CIVIL, architecture.calendarFeatures()).append(420_000 - 89, hours, calendar);
        try (NDManager manager = NDManager.newBaseManager()) {
            Network network = architecture.newNetwork(manager);
            ((LinearPart) network).setLinear(linear);
            NDArray forecast = network.quantilesMw(
                    new ParameterStore(manager, false),
                    new NetworkInput(
                            manager.create(lookbackMw, new Shape(1, 90)),
                            manager.create(calendar.array(), new Shape(1, hours, features))));
            float[] all = forecast.toFloatArray();
            float[] medians = new float[24];
            for (int h = 0; h < 24; h++) {
                medians[h] = all[h * quantiles + architecture.quantiles().indexOf(Quantile.P50)];
            }
            return medians;
        }
    }

    private static float[] lookback(float... last) {
        float[] lookbackMw = new float[90];
        Arrays.fill(lookbackMw, 300);
        System.arraycopy(last, 0, lookbackMw, 90 - last.length, last.length);
        return lookbackMw;
    }

    private static void fill(float[] values, Random random, float spread) {
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) (spread * random.nextGaussian());
        }
    }

    private static HourlySeries series(float[] loadMw) {
        return new HourlySeries(new Region("A"), CivilCalendar.UTC, 420_000, loadMw);
    }
}
