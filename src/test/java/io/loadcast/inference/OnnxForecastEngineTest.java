package io.loadcast.inference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtProvider;
import io.loadcast.domain.Calendar;
import io.loadcast.domain.CivilCalendar;
import io.loadcast.domain.Region;
import io.loadcast.forecasting.ForecastEngineException;
import io.loadcast.forecasting.WindowBatch;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OnnxForecastEngineTest {
    private static final EngineOptions CPU = new EngineOptions(Device.CPU, 1);

    private final OnnxForecastEngine engine =
            OnnxForecastEngine.open(ModelFile.of("test", TestModels.persistence()), CPU);

    @AfterEach
    void close() {
        engine.close();
    }

    @Test
    void fillsTheBatchRowByRow() {
        // given
        WindowBatch batch = batchOf(100, 200, 300);

        // when
        engine.run(batch);

        // then
        for (int row = 0; row < 3; row++) {
            float last = 100f * (row + 1);
            assertThat(batch.quantileMw(row, 1, 0)).isEqualTo(0.9f * last);
            assertThat(batch.quantileMw(row, 24, 1)).isEqualTo(last);
            assertThat(batch.quantileMw(row, 24, 2)).isEqualTo(1.1f * last);
        }
    }

    @Test
    void runsTheSameBatchAgainWithOtherWindowsAndAnotherSize() {
        // given
        WindowBatch batch = batchOf(100, 200, 300);
        engine.run(batch);

        // when
        batch.clear();
        add(batch, 700);
        engine.run(batch);

        // then
        assertThat(batch.quantileMw(0, 5, 1)).isEqualTo(700);
    }

    @Test
    void givesTheModelTheScaleOfEachWindowsRegion() {
        // given: a model that tells the width of the load's range
        WindowBatch batch = new WindowBatch(TestModels.SCALED, 2);
        Calendar calendar = new Calendar(CivilCalendar.UTC, TestModels.SCALED.calendarFeatures());
        batch.add(TestModels.OTHER_REGION, new float[90], 400_000, calendar);
        batch.add(TestModels.REGION, new float[90], 400_000, calendar);

        // when
        try (OnnxForecastEngine scaled = OnnxForecastEngine.open(
                ModelFile.of("test", TestModels.scaled(ManifestJson.write(TestModels.SCALED))),
                EngineOptions.DEFAULT)) {
            scaled.run(batch);
        }

        // then
        assertThat(batch.quantileMw(0, 1, 1)).isEqualTo(50);
        assertThat(batch.quantileMw(1, 1, 1)).isEqualTo(900);
    }

    @Test
    void givesTheModelTheNumberOfEachWindowsRegionAndZeroOfOneThatItDoesNotKnow() {
        // given: a model that tells the number
        WindowBatch batch = new WindowBatch(TestModels.KNOWING, 3);
        Calendar calendar = new Calendar(CivilCalendar.UTC, TestModels.KNOWING.calendarFeatures());
        batch.add(TestModels.REGION, new float[90], 400_000, calendar);
        batch.add(new Region("south"), new float[90], 400_000, calendar);
        batch.add(TestModels.OTHER_REGION, new float[90], 400_000, calendar);

        // when
        try (OnnxForecastEngine knowing = OnnxForecastEngine.open(
                ModelFile.of("test", TestModels.knowing(ManifestJson.write(TestModels.KNOWING))),
                EngineOptions.DEFAULT)) {
            knowing.run(batch);
        }

        // then
        assertThat(batch.quantileMw(0, 1, 1)).isEqualTo(2);
        assertThat(batch.quantileMw(1, 1, 1)).isZero();
        assertThat(batch.quantileMw(2, 1, 1)).isEqualTo(1);
    }

    @Test
    void batchTakesNoWindowOfARegionWithoutScale() {
        // given
        WindowBatch batch = new WindowBatch(TestModels.SCALED, 1);
        Calendar calendar = new Calendar(CivilCalendar.UTC, TestModels.SCALED.calendarFeatures());

        // then
        assertThatThrownBy(() -> batch.add(new Region("south"), new float[90], 400_000, calendar))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("no scale for region south");
        assertThat(batch.size()).isZero();
    }

    @Test
    void leavesAnEmptyBatchAlone() {
        WindowBatch batch = new WindowBatch(TestModels.MANIFEST, 4);

        engine.run(batch);

        assertThat(batch.size()).isZero();
    }

    @Test
    void servesSeveralThreadsAtOnce() throws Exception {
        // given
        ExecutorService threads = Executors.newFixedThreadPool(4);
        Callable<Boolean> work = () -> {
            boolean right = true;
            for (int i = 1; i <= 200; i++) {
                WindowBatch batch = batchOf(i);
                engine.run(batch);
                right &= batch.quantileMw(0, 1, 1) == i;
            }
            return right;
        };

        // when
        List<Future<Boolean>> outcomes = threads.invokeAll(List.of(work, work, work, work));
        threads.shutdown();

        // then
        for (Future<Boolean> outcome : outcomes) {
            assertThat(outcome.get()).isTrue();
        }
    }

    @Test
    void namesItsDevice() {
        assertThat(engine.device()).isEqualTo("cpu");
    }

    @Test
    void autoFallsBackToTheCpu() {
        assumeThat(OrtEnvironment.getAvailableProviders()).doesNotContain(OrtProvider.CUDA);

        try (OnnxForecastEngine auto =
                OnnxForecastEngine.open(ModelFile.of("test", TestModels.persistence()), EngineOptions.DEFAULT)) {
            assertThat(auto.device()).isEqualTo("cpu");
        }
    }

    @Test
    void cudaIsRefusedWhereItCannotBeHad() {
        assumeThat(OrtEnvironment.getAvailableProviders()).doesNotContain(OrtProvider.CUDA);
        ModelFile file = ModelFile.of("test", TestModels.persistence());

        assertThatThrownBy(() -> OnnxForecastEngine.open(file, new EngineOptions(Device.CUDA, 1)))
                .isInstanceOf(ForecastEngineException.class)
                .hasMessageStartingWith("device cuda: ")
                .hasMessageContaining("choose device auto or cpu");
    }

    @ParameterizedTest
    @ValueSource(strings = {"auto", "cpu", "cuda", "cuda:1"})
    void aDeviceHasTheNameByWhichItIsChosen(String key) {
        assertThat(Device.ofKey(key).key()).isEqualTo(key);
    }

    @Test
    void theFirstGpuMayBeNumbered() {
        assertThat(Device.ofKey("cuda:0")).isEqualTo(Device.CUDA);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "CPU", "gpu", "cuda:", "cuda:-1", "cpu:1", "cuda:9999"})
    void whatIsNoDeviceIsToldWithThoseThatAre(String key) {
        assertThatThrownBy(() -> Device.ofKey(key))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(
                        "device '" + key + "' is unknown; known are auto, cpu, cuda, and cuda:1 for the second GPU");
    }

    private static WindowBatch batchOf(float... loads) {
        WindowBatch batch = new WindowBatch(TestModels.MANIFEST, loads.length);
        for (float load : loads) {
            add(batch, load);
        }
        return batch;
    }

    private static void add(WindowBatch batch, float loadMw) {
        float[] window = new float[90];
        Arrays.fill(window, loadMw);
        batch.add(
                TestModels.REGION,
                window,
                400_000,
                new Calendar(CivilCalendar.UTC, TestModels.MANIFEST.calendarFeatures()));
    }
}
