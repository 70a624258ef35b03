package io.loadcast.inference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.loadcast.domain.Calendar;
import io.loadcast.domain.CivilCalendar;
import io.loadcast.domain.Region;
import io.loadcast.forecasting.ForecastEngine;
import io.loadcast.forecasting.ForecastEngineException;
import io.loadcast.forecasting.ForecastTimeoutException;
import io.loadcast.forecasting.LastValueEngine;
import io.loadcast.forecasting.ModelId;
import io.loadcast.forecasting.ModelManifest;
import io.loadcast.forecasting.WindowBatch;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** A run takes no longer than it may, and what was stopped is still forecast. */
class TimeBoundTest {
    private static final Duration TIMEOUT = Duration.ofMillis(200);

    @Test
    void aRunThatTakesTooLongIsStoppedAndTheEngineGoesOnWorking() {
        // given: far more windows than any machine runs in the time
        try (OnnxForecastEngine engine = shipped(Optional.of(Duration.ofMillis(20)))) {
            WindowBatch large = batchOf(engine, 4096);
            WindowBatch small = batchOf(engine, 1);

            // when
            long start = System.nanoTime();
            assertThatThrownBy(() -> engine.run(large))
                    .isInstanceOf(ForecastTimeoutException.class)
                    .hasMessageContaining("longer than 20 ms for 4096 windows");
            Duration taken = Duration.ofNanos(System.nanoTime() - start);
            long unbounded = System.nanoTime();
            engine.runUnbounded(large);
            Duration whole = Duration.ofNanos(System.nanoTime() - unbounded);
            engine.run(small);

            // then
            assertThat(taken).isLessThan(whole);
            assertThat(small.quantileMw(0, 1, 1)).isCloseTo(large.quantileMw(0, 1, 1), within(1f));
        }
    }

    @Test
    void whatIsRunInPiecesIsWhatIsRunAtOnce() {
        // given
        Duration tight = Duration.ofMillis(30);
        try (OnnxForecastEngine unbounded = shipped(Optional.empty());
                PiecewiseEngine inPieces = new PiecewiseEngine(shipped(Optional.of(tight)), 2000, tight)) {
            WindowBatch expected = batchOf(unbounded, 2000);
            WindowBatch batch = batchOf(unbounded, 2000);

            // when
            unbounded.run(expected);
            inPieces.run(batch);

            // then
            for (int row = 0; row < batch.size(); row++) {
                float mw = expected.quantileMw(row, 24, 2);
                assertThat(batch.quantileMw(row, 24, 2)).isCloseTo(mw, within(mw * 1e-4f));
            }
        }
    }

    @Test
    void aBatchThatIsStoppedIsRunInHalvesAndTheNextOneKeepsToWhatWasManaged() {
        // given
        LimitedEngine limited = new LimitedEngine(20);
        PiecewiseEngine engine = new PiecewiseEngine(limited, 64, TIMEOUT);
        WindowBatch batch = batchOf(limited, 64);

        // when
        limited.slow = true; // no time to spare, so pieces do not grow again
        engine.run(batch);
        List<Integer> first = limited.sizes();
        engine.run(batch);

        // then
        assertThat(first).containsExactly(64, 32, 16, 16, 16, 16);
        assertThat(limited.sizes()).containsExactly(16, 16, 16, 16);
        assertThat(batch.quantileMw(63, 1, 1)).isEqualTo(1063);
    }

    @Test
    void piecesGrowAgainWhenThereIsTimeToSpare() {
        // given
        LimitedEngine limited = new LimitedEngine(20);
        PiecewiseEngine engine = new PiecewiseEngine(limited, 64, TIMEOUT);
        WindowBatch batch = batchOf(limited, 64);
        limited.slow = true;
        engine.run(batch);
        limited.sizes();

        // when
        limited.slow = false;
        limited.most = 64;
        engine.run(batch);
        engine.run(batch);

        // then
        assertThat(limited.sizes()).containsExactly(16, 32, 16, 64);
    }

    @Test
    void aWindowAloneIsRunOnceMoreAndThenItIsAFailureThatSaysWhatToDo() {
        // given
        LimitedEngine limited = new LimitedEngine(0);
        PiecewiseEngine engine = new PiecewiseEngine(limited, 2, TIMEOUT);

        // then
        assertThatThrownBy(() -> engine.run(batchOf(limited, 2)))
                .isInstanceOf(ForecastEngineException.class)
                .isNotInstanceOf(ForecastTimeoutException.class)
                .hasMessageContaining("loadcast.forecast.timeout");
        assertThat(limited.sizes()).containsExactly(2, 1, 1);
    }

    @Test
    void aWindowAloneThatWasStoppedByChanceIsForecast() {
        // given
        LimitedEngine limited = new LimitedEngine(0);
        limited.mostAfterNext = 1;
        PiecewiseEngine engine = new PiecewiseEngine(limited, 64, TIMEOUT);
        WindowBatch batch = batchOf(limited, 1);

        // when
        engine.run(batch);

        // then
        assertThat(limited.sizes()).containsExactly(1, 1);
        assertThat(batch.quantileMw(0, 1, 1)).isEqualTo(1000);
    }

    @Test
    void aDeviceThatTakesTooLongIsLeftForTheOther() {
        // given
        LimitedEngine cuda = new LimitedEngine(0);
        LastValueEngine cpu = new LastValueEngine();
        try (FailoverEngine engine = new FailoverEngine(
                cuda,
                () -> {
                    throw new ForecastEngineException("still hanging");
                },
                cpu,
                Backoff.DEFAULT)) {
            WindowBatch batch = batchOf(cpu, 3);

            // when
            engine.run(batch);

            // then
            assertThat(batch.quantileMw(2, 1, 1)).isEqualTo(1002);
            assertThat(engine.device()).isEqualTo("cpu");
            assertThat(engine.takeDeviceChange().reason()).contains("took longer");
        }
    }

    @Test
    void aDeviceThatComputesSomethingElseDoesNotPass() {
        // given
        LastValueEngine wrong = new LastValueEngine();
        wrong.multiplyBy(1.01f);
        try (OnnxForecastEngine device = shipped(Optional.empty())) {
            DeviceCheck check = new DeviceCheck(device.manifest(), 100);

            // then: the model passes beside itself, and not beside another
            check.require(device, device);
            assertThatThrownBy(() -> check.require(device, wrong)).hasMessageContaining("differ from the CPU's");
        }
    }

    private static OnnxForecastEngine shipped(Optional<Duration> timeout) {
        return OnnxForecastEngine.open(ModelFile.shipped(), new EngineOptions(Device.CPU, 1, timeout));
    }

    /** Window i repeats 1000 + i MW. */
    private static WindowBatch batchOf(ForecastEngine engine, int windows) {
        WindowBatch batch = new WindowBatch(engine.manifest(), windows);
        Calendar calendar = new Calendar(CivilCalendar.UTC, engine.manifest().calendarFeatures());
        for (int i = 0; i < windows; i++) {
            float[] window = new float[90];
            Arrays.fill(window, 1000 + i);
            batch.add(new Region("AEP"), window, 400_000, calendar);
        }
        return batch;
    }

    /** A machine that manages so many windows in the time. */
    private static final class LimitedEngine implements ForecastEngine {
        private final LastValueEngine model = new LastValueEngine();
        private final List<Integer> sizes = new ArrayList<>();
        private int most;
        private int mostAfterNext = -1;
        private boolean slow;

        LimitedEngine(int most) {
            this.most = most;
        }

        /** Of the runs since the last question. */
        List<Integer> sizes() {
            List<Integer> now = List.copyOf(sizes);
            sizes.clear();
            return now;
        }

        @Override
        public void run(WindowBatch batch) {
            sizes.add(batch.size());
            boolean stopped = batch.size() > most;
            if (mostAfterNext >= 0) {
                most = mostAfterNext;
            }
            if (stopped) {
                throw new ForecastTimeoutException("took longer", new RuntimeException());
            }
            if (slow) {
                long end = System.nanoTime() + TIMEOUT.toNanos() / 3;
                while (System.nanoTime() < end) {
                    Thread.onSpinWait();
                }
            }
            model.run(batch);
        }

        @Override
        public ModelId model() {
            return model.model();
        }

        @Override
        public ModelManifest manifest() {
            return model.manifest();
        }

        @Override
        public String device() {
            return "cuda:0";
        }

        @Override
        public void close() {}
    }
}
