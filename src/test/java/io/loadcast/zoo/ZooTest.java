package io.loadcast.zoo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assumptions.assumeThat;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.ParameterStore;
import io.loadcast.domain.Calendar;
import io.loadcast.domain.CivilCalendar;
import io.loadcast.domain.Extremes;
import io.loadcast.domain.KnownRegions;
import io.loadcast.domain.Region;
import io.loadcast.domain.RegionScale;
import io.loadcast.forecasting.ModelManifest;
import io.loadcast.forecasting.WindowBatch;
import io.loadcast.holidays.PublicHolidays;
import io.loadcast.inference.Device;
import io.loadcast.inference.EngineOptions;
import io.loadcast.inference.ManifestJson;
import io.loadcast.inference.ModelFile;
import io.loadcast.inference.OnnxForecastEngine;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Both halves of every architecture, in usual and in other sizes, with random weights: they agree, and the properties hold that no training may break. */
@ParameterizedClass
@MethodSource("architectures")
class ZooTest {
    private static final long SEED = 20240229;
    private static final CivilCalendar NEW_YORK =
            new CivilCalendar(ZoneId.of("America/New_York"), PublicHolidays.of("us"));
    private static final long SOME_HOUR = 420_000;
    private static final Region REGION = new Region("some");
    private static final Region OTHER = new Region("other");
    /** Of which no training has known. */
    private static final Region NEW = new Region("new");
    /** Whose load is a thousand times as large, and its scale too. */
    private static final Region THOUSANDFOLD = new Region("thousandfold");
    /** Of the loads that the windows have, nearly. */
    private static final Extremes RANGE_MW = new Extremes(400, 25_000);

    private final Architecture architecture;
    private final ModelManifest manifest;
    private final Random random = new Random(SEED);
    private final NDManager manager = NDManager.newBaseManager();
    private final Network network;
    private final OnnxForecastEngine engine;

    ZooTest(Architecture architecture) {
        this.architecture = architecture;
        manifest = new ModelManifest(
                "test",
                "1",
                architecture.name(),
                architecture.lookbackHours(),
                architecture.horizonHours(),
                architecture.quantiles(),
                architecture.calendarFeatures(),
                architecture.scaledByRegion()
                        ? Map.of(REGION, scale(architecture, 1), THOUSANDFOLD, scale(architecture, 1000))
                        : Map.of(),
                architecture.knownRegions() == 0 ? KnownRegions.NONE : new KnownRegions(List.of(OTHER, REGION)),
                Map.of(),
                Map.of());
        network = architecture.newNetwork(manager);
        engine = openWithRandomWeights();
    }

    static Stream<Named<Architecture>> architectures() {
        Sizes layered = new Sizes(OptionalInt.of(12), OptionalInt.of(3), OptionalDouble.empty());
        Stream<Architecture> others = Stream.of(
                        "gru-attention",
                        "gru",
                        "lstm",
                        "transformer",
                        "seq2seq",
                        "seq2seq-attention",
                        "article-gru",
                        "article-lstm")
                .map(name -> Zoo.named(name, layered));
        Stream<Architecture> knowing =
                Zoo.ARCHITECTURES.stream().map(one -> one.knowing(2)).filter(one -> one.knownRegions() > 0);
        return Stream.of(Zoo.ARCHITECTURES.stream(), others, knowing)
                .flatMap(all -> all)
                .map(one -> Named.of(one.name() + " (" + one.sizes() + ") of " + one.knownRegions() + " regions", one));
    }

    /** Of a region with all days of a year, whose loads are that many times the usual. */
    private static RegionScale scale(Architecture architecture, double factor) {
        return new RegionScale(
                new Extremes(factor * RANGE_MW.min(), factor * RANGE_MW.max()),
                architecture.calendarFeatures().stream()
                        .map(feature -> switch (feature) {
                            case HOUR_OF_DAY -> new Extremes(0, 23);
                            case DAY_OF_WEEK -> new Extremes(0, 6);
                            case MONTH -> new Extremes(1, 12);
                            case DAY_OF_YEAR -> new Extremes(1, 366);
                            case HOLIDAY -> new Extremes(0, 1);
                        })
                        .toList());
    }

    @BeforeEach
    void printSeed() {
        System.out.println("seed " + SEED);
    }

    @AfterEach
    void close() {
        engine.close();
        manager.close();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 7, 64})
    void graphComputesWhatTheNetworkComputes(int batchSize) {
        // given
        WindowBatch batch = batchOf(windows(batchSize));

        // when
        engine.run(batch);

        // then
        float[] expected = network(batch);
        float[] actual = quantiles(batch);
        for (int i = 0; i < expected.length; i++) {
            assertThat(actual[i]).isCloseTo(expected[i], within(1e-5f * Math.max(expected[i], exactMw())));
        }
    }

    @Test
    void forecastIsTheSameToTheLastBitWhateverSharesItsBatch() {
        // given
        List<float[]> windows = windows(40);
        float[] together = graph(windows, allOf(windows.size()));
        int row = together.length / windows.size();

        for (int size : new int[] {1, 2, 3, 7, 16, 31, 33}) {
            // when
            List<Integer> some = new ArrayList<>(allOf(windows.size()));
            Collections.shuffle(some, random);
            some = some.subList(0, size);
            float[] apart = graph(windows, some);

            // then
            for (int i = 0; i < size; i++) {
                int window = some.get(i);
                assertThat(Arrays.copyOfRange(apart, i * row, (i + 1) * row))
                        .as("window %d, at %d of %d", window, i, size)
                        .containsExactly(Arrays.copyOfRange(together, window * row, (window + 1) * row));
            }
        }
    }

    private static List<Integer> allOf(int windows) {
        return IntStream.range(0, windows).boxed().toList();
    }

    /** What the graph says of some windows, in one batch. */
    private float[] graph(List<float[]> windows, List<Integer> some) {
        WindowBatch batch = new WindowBatch(manifest, some.size());
        Calendar calendar = new Calendar(NEW_YORK, manifest.calendarFeatures());
        some.forEach(window -> batch.add(REGION, windows.get(window), SOME_HOUR + 997L * window, calendar));
        engine.run(batch);
        return quantiles(batch);
    }

    @Test
    void forecastScalesWithTheLoad() {
        // given
        List<float[]> windows = windows(16);
        WindowBatch megawatts = batchOf(windows);
        WindowBatch scaled = batchOf(
                architecture.scaledByRegion() ? THOUSANDFOLD : REGION,
                windows.stream().map(w -> times(w, 1000)).toList());

        // when
        engine.run(megawatts);
        engine.run(scaled);

        // then
        float[] base = quantiles(megawatts);
        float[] large = quantiles(scaled);
        for (int i = 0; i < base.length; i++) {
            assertThat(large[i]).isCloseTo(1000 * base[i], within(0.05f * Math.max(base[i], exactMw())));
        }
    }

    @Test
    void quantilesNeverCross() {
        // given
        WindowBatch batch = batchOf(windows(64));

        // when
        engine.run(batch);

        // then
        for (int row = 0; row < batch.size(); row++) {
            for (int lead = 1; lead <= manifest.horizonHours(); lead++) {
                float low = batch.quantileMw(row, lead, 0);
                float median = batch.quantileMw(row, lead, 1);
                float high = batch.quantileMw(row, lead, 2);
                if (architecture.scaledByRegion() && median == 0) { // what would be negative
                    assertThat(low).isZero();
                    assertThat(high).isNotNegative();
                } else {
                    assertThat(median).isGreaterThan(low).isLessThan(high);
                    assertThat(low)
                            .satisfies(
                                    mw -> assertThat(mw).isNotNegative(),
                                    mw -> assertThat(mw > 0 || architecture.scaledByRegion())
                                            .isTrue());
                }
            }
        }
    }

    @Test
    void zeroConstantAndJumpingLoadsGiveFiniteForecasts() {
        // given
        float[] zeros = new float[90];
        float[] constant = filled(500);
        float[] zeroAtTheEnd = filled(500);
        zeroAtTheEnd[89] = 0;
        float[] zeroUntilTheEnd = new float[90];
        zeroUntilTheEnd[89] = 500;
        float[] tiny = filled(Float.MIN_VALUE);
        float[] huge = filled(1e30f);
        WindowBatch batch = batchOf(List.of(zeros, constant, zeroAtTheEnd, zeroUntilTheEnd, tiny, huge));

        // when
        engine.run(batch);

        // then
        for (float quantile : quantiles(batch)) {
            assertThat(quantile).isFinite().isNotNegative();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"some", "other", "new"})
    void graphComputesWhatTheNetworkComputesOfARegionThatIsKnownOrNot(String region) {
        // given
        assumeThat(architecture.knownRegions()).isPositive();
        WindowBatch batch = batchOf(new Region(region), windows(7));

        // when
        engine.run(batch);

        // then
        float[] expected = network(batch);
        float[] actual = quantiles(batch);
        for (int i = 0; i < expected.length; i++) {
            assertThat(actual[i]).isCloseTo(expected[i], within(1e-5f * expected[i]));
        }
    }

    @Test
    void knownRegionsDifferFromOneAnotherAndFromAllOthersWhichAreAlike() {
        // given: the same window of four regions
        assumeThat(architecture.knownRegions()).isPositive();
        float[] window = windows(1).get(0);
        List<Region> regions = List.of(REGION, OTHER, NEW, new Region("newer"));

        // when
        List<float[]> forecasts = regions.stream()
                .map(region -> {
                    WindowBatch batch = batchOf(region, List.of(window));
                    engine.run(batch);
                    return quantiles(batch);
                })
                .toList();

        // then
        assertThat(forecasts.get(0)).isNotEqualTo(forecasts.get(1)).isNotEqualTo(forecasts.get(2));
        assertThat(forecasts.get(1)).isNotEqualTo(forecasts.get(2));
        assertThat(forecasts.get(3)).isEqualTo(forecasts.get(2));
    }

    @ParameterizedTest
    @ValueSource(ints = {74, 80, 89})
    void forecastAtAnAnchorSeesNothingAfterIt(int changedHour) {
        // given
        assumeThat(changedHour).isGreaterThanOrEqualTo(network.firstAnchor());
        float[] window = windows(1).get(0);
        float[] changed = window.clone();
        changed[changedHour] *= 1.0001f; // a large change would move the floor

        // when
        float[] before = forecasts(batchOf(List.of(window)));
        float[] after = forecasts(batchOf(List.of(changed)));

        // then
        int perAnchor = architecture.horizonHours() * 3;
        int first = (changedHour - network.firstAnchor()) * perAnchor;
        assertThat(Arrays.copyOf(after, first)).isEqualTo(Arrays.copyOf(before, first));
        assertThat(Arrays.copyOfRange(after, first, first + perAnchor))
                .isNotEqualTo(Arrays.copyOfRange(before, first, first + perAnchor));
    }

    @Test
    void targetsAreLogRatiosToTheAnchor() {
        // given
        assumeThat(architecture.scaledByRegion()).isFalse();
        float[] loads = new float[114];
        for (int i = 0; i < loads.length; i++) {
            loads[i] = 100 + i;
        }

        // when
        NDArray loadMw = manager.create(loads, new Shape(1, 114));
        NetworkInput seen = new NetworkInput(
                loadMw.get(":, :90"),
                manager.zeros(new Shape(1, 114, architecture.calendarFeatures().size())));
        float[] targets = network.targets(loadMw, seen).toFloatArray();

        // then
        assertThat(targets).hasSize(17 * 24);
        assertThat(targets[0]).isCloseTo((float) Math.log(174.0 / 173), within(1e-6f));
        assertThat(targets[16 * 24 + 23]).isCloseTo((float) Math.log(213.0 / 189), within(1e-6f));
    }

    @Test
    void targetOfANetworkThatIsScaledByRegionIsTheScaledLoadAfterTheWindow() {
        // given
        assumeThat(architecture.scaledByRegion()).isTrue();
        float[] loads = new float[91];
        loads[90] = (float) (RANGE_MW.min() + 0.25 * RANGE_MW.width());
        float[] scale = scale(architecture, 1).numbers();

        // when
        NDArray loadMw = manager.create(loads, new Shape(1, 91));
        NetworkInput seen = new NetworkInput(
                loadMw.get(":, :90"),
                manager.zeros(new Shape(1, 91, 4)),
                manager.create(scale, new Shape(1, scale.length)));
        float[] targets = network.targets(loadMw, seen).toFloatArray();

        // then
        assertThat(targets).hasSize(1);
        assertThat(targets[0]).isCloseTo(0.25f, within(1e-6f));
    }

    private OnnxForecastEngine openWithRandomWeights() {
        Map<String, Weights.Tensor> tensors = new LinkedHashMap<>();
        network.weights().tensors().forEach((name, tensor) -> {
            float[] values = new float[tensor.values().length];
            float scale = name.startsWith("linear") ? 0.02f : 0.15f;
            for (int i = 0; i < values.length; i++) {
                values[i] = (float) (scale * random.nextGaussian());
                if (name.equals(ScaledInterval.INTERVAL_SCALE)) {
                    values[i] = 0.5f + Math.abs(values[i]);
                }
            }
            tensors.put(name, new Weights.Tensor(values, tensor.shape()));
        });
        network.setWeights(new Weights(tensors));
        byte[] bytes = architecture
                .toOnnx(network.weights())
                .withMetadata(ManifestJson.METADATA_KEY, ManifestJson.write(manifest))
                .sealed()
                .toByteArray();
        return OnnxForecastEngine.open(ModelFile.of("test", bytes), new EngineOptions(Device.CPU, 1));
    }

    private List<float[]> windows(int count) {
        return random.ints(count).mapToObj(ignored -> window()).toList();
    }

    private float[] window() {
        float[] window = new float[90];
        double level = 500 + 20_000 * random.nextDouble();
        for (int i = 0; i < window.length; i++) {
            window[i] = (float) (level * (1 + 0.2 * Math.sin(i * Math.PI / 12) + 0.02 * random.nextGaussian()));
        }
        return window;
    }

    /** Below this, MW, a forecast is only as exact as the range that scales it. */
    private float exactMw() {
        return architecture.scaledByRegion() ? (float) RANGE_MW.width() : 0;
    }

    private WindowBatch batchOf(List<float[]> windows) {
        return batchOf(REGION, windows);
    }

    private WindowBatch batchOf(Region region, List<float[]> windows) {
        WindowBatch batch = new WindowBatch(manifest, windows.size());
        Calendar calendar = new Calendar(NEW_YORK, manifest.calendarFeatures());
        for (int i = 0; i < windows.size(); i++) {
            batch.add(region, windows.get(i), SOME_HOUR + 997L * i, calendar);
        }
        return batch;
    }

    private float[] network(WindowBatch batch) {
        try (NDManager step = manager.newSubManager()) {
            return network.quantilesMw(new ParameterStore(manager, false), seen(step, batch))
                    .toFloatArray();
        }
    }

    private float[] forecasts(WindowBatch batch) {
        try (NDManager step = manager.newSubManager()) {
            return network.forecasts(new ParameterStore(manager, false), seen(step, batch), false)
                    .toFloatArray();
        }
    }

    private NetworkInput seen(NDManager step, WindowBatch batch) {
        return new NetworkInput(
                step.create(batch.loadMw(), new Shape(batch.size(), 90), DataType.FLOAT32),
                step.create(
                        batch.calendar(),
                        new Shape(
                                batch.size(),
                                90 + architecture.horizonHours(),
                                architecture.calendarFeatures().size()),
                        DataType.FLOAT32),
                architecture.regionNumbers() == 0
                        ? null
                        : step.create(
                                batch.region(),
                                new Shape(batch.size(), architecture.regionNumbers()),
                                DataType.FLOAT32));
    }

    private float[] quantiles(WindowBatch batch) {
        float[] values = new float[batch.size() * architecture.horizonHours() * 3];
        batch.quantilesMw().get(values);
        return values;
    }

    private static float[] filled(float loadMw) {
        float[] window = new float[90];
        Arrays.fill(window, loadMw);
        return window;
    }

    private static float[] times(float[] window, float factor) {
        float[] scaled = window.clone();
        for (int i = 0; i < scaled.length; i++) {
            scaled[i] *= factor;
        }
        return scaled;
    }
}
