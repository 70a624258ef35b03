package io.loadcast.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.loadcast.dataset.HourlySeries;
import io.loadcast.domain.KnownRegions;
import io.loadcast.domain.Quantile;
import io.loadcast.domain.Region;
import io.loadcast.forecasting.ModelManifest;
import io.loadcast.zoo.Architecture;
import io.loadcast.zoo.ScaledInterval;
import io.loadcast.zoo.Sizes;
import io.loadcast.zoo.Zoo;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class TrainerTest {
    private static final Architecture ARCHITECTURE = Zoo.named("gru-attention");
    private static final LossSettings LOSS = new LossSettings(LossKind.PINBALL, 8);

    private final List<HourlySeries> series = List.of(MadeSeries.of("A", 2500, 1), MadeSeries.of("B", 2000, 2));
    private final StringWriter log = new StringWriter();

    @TempDir
    private Path directory;

    @BeforeAll
    static void oneThread() {
        Trainer.configureEngine(1);
    }

    @Test
    void learnsMoreThanTheLinearStart() throws IOException {
        TrainedNetwork trained = train(series, learning(null, false));

        assertThat(trained.epoch()).as("best epoch").isPositive();
        assertThat(log.toString())
                .contains("linear start: validation loss")
                .contains("epoch 12/12")
                .contains("windows/s");
    }

    @Test
    void resumedRunEndsWhereAnUninterruptedOneDoes() throws IOException {
        // given: the same run twice, once killed in its second epoch
        TrainedNetwork whole = train(series, learning(null, false));
        Path checkpoints = directory.resolve("checkpoints");
        interrupted(learning(checkpoints, false));

        // when
        TrainedNetwork resumed = train(series, learning(checkpoints, true));

        // then
        assertThat(log.toString()).contains("goes on after epoch 1 and 0 steps");
        assertThat(resumed.epoch()).isEqualTo(whole.epoch()).isGreaterThan(1);
        assertThat(resumed.validation().loss()).isEqualTo(whole.validation().loss());
        assertSameWeights(resumed, whole);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 9, 14, 20, 43})
    void runThatWasStoppedBetweenAnyTwoStepsEndsWhereAnUninterruptedOneDoes(int stepsBefore) throws IOException {
        // given: dropout and averages on
        DescentSettings averaged = new DescentSettings(4, 4, 16, 3e-3, Schedule.COSINE, 0.1, 1, 0.9);
        TrainedNetwork whole =
                train(series, new TrainingSettings(averaged, LOSS, 0.1, Trainer.VALIDATION_SHARE, 5, null));
        AtomicInteger asked = new AtomicInteger();
        TrainingSettings begun =
                new TrainingSettings(averaged, LOSS, 0.1, Trainer.VALIDATION_SHARE, 5, kept(directory, false));
        assertThatThrownBy(() -> train(ARCHITECTURE, series, begun, () -> asked.getAndIncrement() == stepsBefore))
                .isInstanceOf(TrainingInterruptedException.class)
                .hasMessageContaining("the same command with --resume goes on from the checkpoint in " + directory);

        // when
        TrainedNetwork resumed = train(
                series, new TrainingSettings(averaged, LOSS, 0.1, Trainer.VALIDATION_SHARE, 5, kept(directory, true)));

        // then
        assertThat(resumed.epoch()).isEqualTo(whole.epoch()).isPositive();
        assertSameWeights(resumed, whole);
    }

    @Test
    void scalesComeFromTheTrainingHoursOfEachRegion() throws IOException {
        // given: the last hours, which test, have a load as none before
        HourlySeries usual = MadeSeries.of("A", 1200, 1);
        float[] loadMw = usual.loadMw();
        loadMw[1190] = 50_000;
        HourlySeries peak = new HourlySeries(usual.region(), usual.civilCalendar(), usual.firstEpochHour(), loadMw);
        Architecture small =
                Zoo.named("article-lstm", new Sizes(OptionalInt.of(2), OptionalInt.of(1), OptionalDouble.of(0)));

        // when
        TrainedNetwork trained =
                train(small, List.of(peak, MadeSeries.of("B", 1000, 2)), settings(1, null, false), () -> false);
        TrainedNetwork without = train(small, List.of(usual), settings(1, null, false), () -> false);

        // then
        assertThat(trained.scales()).containsOnlyKeys(new Region("A"), new Region("B"));
        assertThat(trained.scales().get(usual.region()))
                .isEqualTo(without.scales().get(usual.region()));
        assertThat(trained.scales().get(usual.region()).load().max()).isLessThan(5000);
        assertThat(train(series, settings(1, null, false)).scales()).isEmpty();
    }

    @Test
    void networkThatTellsRegionsApartKnowsThoseThatItIsTrainedOn() throws IOException {
        // given: B before A
        List<HourlySeries> reversed = List.of(series.get(1), series.get(0));
        Architecture small = Zoo.named("gru-attention", Sizes.of(4, 1, 0.1));

        // when
        TrainedNetwork trained = train(small, reversed, settings(1, null, false), () -> false);
        TrainedNetwork other =
                train(Zoo.named("gru", Sizes.of(4, 1, 0.1)), reversed, settings(1, null, false), () -> false);

        // then
        assertThat(trained.knownRegions()).isEqualTo(new KnownRegions(List.of(new Region("A"), new Region("B"))));
        assertThat(trained.architecture().knownRegions()).isEqualTo(2);
        float[] bias = trained.weights().get("median_region_bias").values();
        assertThat(bias).hasSize(3 * 168 * 24);
        assertThat(Arrays.copyOf(bias, 168 * 24)).as("of an unknown region").isEqualTo(new float[168 * 24]);
        assertThat(Arrays.copyOfRange(bias, 168 * 24, bias.length)).isNotEqualTo(new float[2 * 168 * 24]);
        assertThat(other.knownRegions()).isEqualTo(KnownRegions.NONE);
    }

    @Test
    void runThatIsStoppedWithoutACheckpointSaysThatNothingIsKept() {
        assertThatThrownBy(() -> train(ARCHITECTURE, series, settings(1, null, false), () -> true))
                .isInstanceOf(TrainingInterruptedException.class)
                .hasMessageContaining("nothing is kept")
                .hasMessageContaining("--checkpoint");
    }

    @Test
    void averagedWeightsAreWhatIsValidatedAndKept() throws IOException {
        // given
        DescentSettings plain = new DescentSettings(3, 3, 16, 3e-3, Schedule.CONSTANT, 0.1, 1, 0);
        DescentSettings averaged = new DescentSettings(3, 3, 16, 3e-3, Schedule.CONSTANT, 0.1, 1, 0.95);

        // when
        TrainedNetwork last = train(series, new TrainingSettings(plain, LOSS, 0.1, Trainer.VALIDATION_SHARE, 5, null));
        TrainedNetwork mean =
                train(series, new TrainingSettings(averaged, LOSS, 0.1, Trainer.VALIDATION_SHARE, 5, null));

        // then
        assertThat(mean.validation().loss())
                .isNotEqualTo(last.validation().loss())
                .isLessThan(1.1 * last.validation().loss());
        assertThat(mean.weights().get("dense_weight").values())
                .isNotEqualTo(last.weights().get("dense_weight").values());
    }

    @ParameterizedTest
    @EnumSource(
            value = LossKind.class,
            names = {"MAE", "MSE"})
    void lossOfTheMedianAloneLeavesTheWidthsToCalibration(LossKind kind) throws IOException {
        // when
        TrainedNetwork trained = train(
                series,
                new TrainingSettings(
                        new DescentSettings(12, 12, 16, 3e-3, Schedule.COSINE, 0.1, 1, 0),
                        new LossSettings(kind, 8),
                        0.1,
                        Trainer.VALIDATION_SHARE,
                        5,
                        null));

        // then: the raw widths are where they started; the factors shrink ± 3 % to what one step ahead needs
        float[] bias = trained.weights().get("out_bias").values();
        float[] factors = trained.weights().get(ScaledInterval.INTERVAL_SCALE).values();
        assertThat(trained.epoch()).isPositive();
        assertThat(bias[1]).isEqualTo(-3.5f);
        assertThat(bias[0]).isNotZero();
        assertThat(factors[0]).isBetween(0.1f, 0.5f);
    }

    @Test
    void refusesTheCheckpointOfAnotherRun() throws IOException {
        // given
        train(series, settings(1, directory, false));
        TrainingSettings otherSeed =
                new TrainingSettings(descent(1, 8), LOSS, 0.1, Trainer.VALIDATION_SHARE, 99, kept(directory, true));

        // then
        assertThatThrownBy(() -> train(series, otherSeed))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("belongs to another run");
    }

    @Test
    void refusesTheCheckpointOfOtherPatience() throws IOException {
        // given
        train(series, settings(1, directory, false));
        TrainingSettings otherPatience =
                new TrainingSettings(descent(1, 9), LOSS, 0.1, Trainer.VALIDATION_SHARE, 5, kept(directory, true));

        // then
        assertThatThrownBy(() -> train(series, otherPatience)).hasMessageContaining("belongs to another run");
    }

    @Test
    void refusesTheCheckpointOfOtherData() throws IOException {
        // given: the same regions and hours, other loads
        train(series, settings(1, directory, false));
        List<HourlySeries> otherLoads = List.of(MadeSeries.of("A", 2500, 3), MadeSeries.of("B", 2000, 2));

        // then
        assertThatThrownBy(() -> train(otherLoads, settings(1, directory, true)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("belongs to another run")
                .hasMessageContaining("choose another directory (--checkpoint)");
    }

    @Test
    void newRunDoesNotOverwriteACheckpoint() throws IOException {
        // given
        train(series, settings(1, directory, false));
        byte[] checkpoint = Files.readAllBytes(directory.resolve("checkpoint.bin"));

        // then
        assertThatThrownBy(() -> train(series, settings(1, directory, false)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("is there already")
                .hasMessageContaining("--resume");
        assertThat(directory.resolve("checkpoint.bin")).hasBinaryContent(checkpoint);
    }

    @Test
    void refusesADamagedCheckpoint() throws IOException {
        // given
        train(series, settings(1, directory, false));
        Path file = directory.resolve("checkpoint.bin");
        byte[] whole = Files.readAllBytes(file);
        int lengthOfRun = ByteBuffer.wrap(whole).getShort(Integer.BYTES);
        byte[] manyTensors = whole.clone();
        ByteBuffer.wrap(manyTensors)
                .putInt(Integer.BYTES + Short.BYTES + lengthOfRun + 2 * Integer.BYTES, Integer.MAX_VALUE);

        // then
        for (byte[] damaged :
                List.of(new byte[0], Arrays.copyOf(whole, 20), Arrays.copyOf(whole, whole.length / 2), manyTensors)) {
            Files.write(file, damaged);
            assertThatThrownBy(() -> train(series, settings(1, directory, true)))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("checkpoint " + file + " is damaged")
                    .hasMessageContaining("delete it");
        }
    }

    @Test
    void refusesSeriesThatAreTooShort() {
        assertThatThrownBy(() -> train(List.of(MadeSeries.of("short", 150, 1)), settings(1, null, false)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("too little data")
                .hasMessageContaining(
                        "region short has no 114 hours in a row to validate with; it has 150 hours, at most 150 in a row");
    }

    @Test
    void tellsWhichRegionCannotTakePart() throws IOException {
        train(List.of(series.get(0), MadeSeries.of("short", 110, 1)), settings(1, null, false));

        assertThat(log.toString()).contains("region short has no 114 hours in a row to train with");
    }

    @Test
    void exportedFileComputesWhatTheNetworkComputes() throws IOException {
        // given
        TrainedNetwork trained = train(series, settings(1, null, false));

        // when
        byte[] model = ModelExport.toBytes(trained, manifest(trained));
        Path file = directory.resolve("deep/model.onnx");
        ModelExport.write(model, file);

        // then
        assertThat(ModelExport.requireParity(trained, Files.readAllBytes(file), series))
                .isLessThan(ModelExport.TOLERANCE);
        assertThat(directory.resolve("deep")).isDirectoryNotContaining("glob:**.tmp");
    }

    @Test
    void exportOfOtherWeightsIsRefused() throws IOException {
        // given
        TrainedNetwork trained = train(series, settings(1, null, false));
        byte[] model = ModelExport.toBytes(trained, manifest(trained));
        Arrays.fill(trained.weights().get("linear_bias").values(), 0.5f);

        // then
        assertThatThrownBy(() -> ModelExport.requireParity(trained, model, series))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("nothing was written");
    }

    private TrainedNetwork train(List<HourlySeries> data, TrainingSettings settings) throws IOException {
        return train(ARCHITECTURE, data, settings, () -> false);
    }

    private TrainedNetwork train(
            Architecture architecture, List<HourlySeries> data, TrainingSettings settings, BooleanSupplier stop)
            throws IOException {
        TrainingProgress progress = new TrainingProgress(new PrintWriter(log, true), false);
        try (Trainer trainer = new Trainer(architecture, data, settings, progress)) {
            return trainer.train(stop);
        }
    }

    private static void assertSameWeights(TrainedNetwork actual, TrainedNetwork expected) {
        expected.weights()
                .tensors()
                .forEach((name, tensor) ->
                        assertThat(actual.weights().get(name).values()).as(name).isEqualTo(tensor.values()));
    }

    /** Runs until the first line about epoch 2 would be printed, as if the process had been killed there. */
    private void interrupted(TrainingSettings settings) {
        PrintWriter dies = new PrintWriter(new StringWriter()) {
            @Override
            public void println(@Nullable String line) {
                if (line != null && line.startsWith("epoch 2")) {
                    throw new IllegalStateException("killed");
                }
            }
        };
        assertThatThrownBy(() -> {
                    try (Trainer trainer =
                            new Trainer(ARCHITECTURE, series, settings, new TrainingProgress(dies, false))) {
                        trainer.train();
                    }
                })
                .hasMessage("killed");
    }

    /** Enough steps to get better than the linear start. */
    private static TrainingSettings learning(@Nullable Path checkpoints, boolean resume) {
        DescentSettings descent = new DescentSettings(12, 12, 16, 3e-3, Schedule.COSINE, 0.1, 1, 0);
        return new TrainingSettings(descent, LOSS, 0.1, Trainer.VALIDATION_SHARE, 5, kept(checkpoints, resume));
    }

    private static TrainingSettings settings(int epochs, @Nullable Path checkpoints, boolean resume) {
        return new TrainingSettings(
                descent(epochs, 8), LOSS, 0.1, Trainer.VALIDATION_SHARE, 5, kept(checkpoints, resume));
    }

    private static DescentSettings descent(int epochs, int patience) {
        return new DescentSettings(epochs, patience, 32, 1e-3, Schedule.COSINE, 0.1, 1, 0);
    }

    private static @Nullable CheckpointSettings kept(@Nullable Path directory, boolean resume) {
        return directory == null ? null : new CheckpointSettings(directory, Duration.ofMinutes(5), resume);
    }

    private static ModelManifest manifest(TrainedNetwork trained) {
        return new ModelManifest(
                "test",
                "1",
                ARCHITECTURE.name(),
                90,
                24,
                List.of(Quantile.P10, Quantile.P50, Quantile.P90),
                ARCHITECTURE.calendarFeatures(),
                Map.of(),
                trained.knownRegions(),
                Map.of(),
                Map.of());
    }
}
