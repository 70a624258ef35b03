package io.loadcast.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDManager;
import io.loadcast.dataset.HourWindow;
import io.loadcast.dataset.HourlySeries;
import io.loadcast.dataset.RegionSplits;
import io.loadcast.domain.Region;
import io.loadcast.zoo.Architecture;
import io.loadcast.zoo.Network;
import io.loadcast.zoo.ScaledInterval;
import io.loadcast.zoo.Sizes;
import io.loadcast.zoo.Weights;
import io.loadcast.zoo.Zoo;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CalibrationTest {
    private static final long SEED = 31;

    @BeforeAll
    static void oneThread() {
        Trainer.configureEngine(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"linear", "gru", "gru-attention"})
    void coverageOfFreshDataIsNearEightyPercentAfterCalibrationAndNotBefore(String name) throws IOException {
        // given: AR(1) noise of a known size, whose sum over 24 hours is four times that of one
        System.out.println("seed " + SEED);
        Architecture architecture = Zoo.named(name);
        List<HourlySeries> series = List.of(MadeSeries.of("A", 30_000, SEED), MadeSeries.of("B", 20_000, SEED + 1));
        HourlySeries fresh = MadeSeries.of("C", 12_000, SEED + 2);

        // when
        TrainedNetwork trained = trained(architecture, series, 1e-4);
        double[] before = coverage(trained, uncalibrated(trained.weights()), fresh);
        double[] after = coverage(trained, trained.weights(), fresh);

        // then
        for (int lead : new int[] {1, 6, 24}) {
            assertThat(after[lead - 1]).as("after, %d h", lead).isCloseTo(0.8, within(0.04));
        }
        assertThat(before[0]).as("before, 1 h").isGreaterThan(0.99);
    }

    @Test
    void intervalOfAModelThatIsScaledByRegionCoversEightyPercentOfFreshDataToo() throws IOException {
        // given: the same region, a while later; distances from the median that no descent has moved
        System.out.println("seed " + SEED);
        HourlySeries whole = MadeSeries.of("A", 16_000, SEED);
        HourlySeries seen = whole.slice(0, 10_000);
        Architecture architecture =
                Zoo.named("article-gru", new Sizes(OptionalInt.of(8), OptionalInt.of(1), OptionalDouble.of(0)));

        // when
        TrainedNetwork trained = trained(architecture, List.of(seen), 5e-3);
        double[] after = coverage(trained, trained.weights(), whole.last(6000));

        // then
        assertThat(after).hasSize(1);
        assertThat(after[0]).isCloseTo(0.8, within(0.05));
    }

    @Test
    void eachRegionWeighsTheSame() {
        float[] many = new float[1000];
        Arrays.fill(many, 1);
        float[] few = {2, 3, 4, 5};

        // half of the average share is the whole of the many
        assertThat(Calibration.quantile(List.of(many, few), 0.49)).isEqualTo(1);
        assertThat(Calibration.quantile(List.of(many, few), 0.60)).isEqualTo(2);
        assertThat(Calibration.quantile(List.of(many, few), 0.90)).isEqualTo(5);
    }

    @Test
    void quantileIsThatOfSplitConformalPrediction() {
        float[] numbers = {1, 2, 3, 4, 5, 6, 7, 8, 9};

        assertThat(Calibration.quantile(List.of(numbers), 0.8)).isEqualTo(8); // the ⌈0.8 · (9 + 1)⌉-th
        assertThat(Calibration.quantile(List.of(numbers), 0.9)).isEqualTo(9);
        assertThat(Calibration.quantile(List.of(numbers), 0.99)).isEqualTo(9);
    }

    private static TrainedNetwork trained(Architecture architecture, List<HourlySeries> series, double learningRate)
            throws IOException {
        TrainingSettings settings = new TrainingSettings(
                new DescentSettings(1, 1, 64, learningRate, Schedule.COSINE, 0.1, 1, 0),
                new LossSettings(LossKind.MAE, 8),
                0.1,
                Trainer.VALIDATION_SHARE,
                SEED,
                null);
        TrainingProgress progress = new TrainingProgress(new PrintWriter(new StringWriter()), false);
        try (Trainer trainer = new Trainer(architecture, series, settings, progress)) {
            return trainer.train();
        }
    }

    private static Weights uncalibrated(Weights weights) {
        Map<String, Weights.Tensor> tensors = new LinkedHashMap<>(weights.tensors());
        tensors.computeIfPresent(ScaledInterval.INTERVAL_SCALE, (name, tensor) -> {
            float[] ones = new float[tensor.values().length];
            Arrays.fill(ones, 1);
            return new Weights.Tensor(ones, tensor.shape());
        });
        return new Weights(tensors);
    }

    private static float[] numbers(TrainedNetwork trained, Region region) {
        if (!trained.scales().isEmpty()) {
            return trained.scales().get(region).numbers();
        }
        return trained.knownRegions().isEmpty()
                ? new float[0]
                : new float[] {trained.knownRegions().number(region)};
    }

    /** The share of targets inside the interval, per lead time. */
    private static double[] coverage(TrainedNetwork trained, Weights weights, HourlySeries series) {
        Architecture architecture = trained.architecture();
        try (NDManager manager = NDManager.newBaseManager()) {
            Network network = architecture.newNetwork(manager);
            network.setWeights(weights);
            RegionSplits whole = new RegionSplits(List.of(series), 0);
            WindowForecasts forecasts = new WindowForecasts(
                    network,
                    new WindowTensors(architecture, region -> numbers(trained, region), List.of(series), 512),
                    manager);
            List<HourWindow> windows = whole.training(
                    architecture.lookbackHours() + architecture.horizonHours(), network.anchors(), () -> 0);
            double[] inside = new double[architecture.horizonHours()];
            forecasts.forEachBatch(windows, (batch, outcome) -> {
                float[] targets = outcome.targets().toFloatArray();
                float[] quantiles = outcome.forecasts().toFloatArray();
                for (int i = 0; i < targets.length; i++) {
                    boolean covered = quantiles[3 * i] <= targets[i] && targets[i] <= quantiles[3 * i + 2];
                    inside[i % inside.length] += covered ? 1 : 0;
                }
            });
            double count = (double) windows.size() * network.anchors();
            return Arrays.stream(inside).map(sum -> sum / count).toArray();
        }
    }
}
