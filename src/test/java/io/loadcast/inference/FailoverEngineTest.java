package io.loadcast.inference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.loadcast.domain.Calendar;
import io.loadcast.domain.CivilCalendar;
import io.loadcast.domain.Region;
import io.loadcast.forecasting.DeviceChange;
import io.loadcast.forecasting.ForecastEngine;
import io.loadcast.forecasting.ForecastEngineException;
import io.loadcast.forecasting.WindowBatch;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

class FailoverEngineTest {
    private static final Duration SOON = Duration.ofMillis(10);

    private final CommandedDevice cuda = new CommandedDevice("cuda:0");
    private final CommandedDevice cpu = new CommandedDevice("cpu");
    private final FailoverEngine engine = failover(new Backoff(SOON, SOON));

    private FailoverEngine failover(Backoff backoff) {
        return new FailoverEngine(cuda.open(), cuda::open, cpu.open(), backoff);
    }

    @AfterEach
    void close() {
        engine.close();
    }

    @Test
    void aBatchOnWhichTheDeviceFailsIsRunAgainWholeOnTheOther() {
        // given
        WindowBatch batch = batchOf(engine, 100, 200);
        cuda.fail();

        // when
        engine.run(batch);

        // then
        assertThat(batch.quantileMw(0, 1, 0)).isEqualTo(90);
        assertThat(batch.quantileMw(1, 24, 1)).isEqualTo(200);
        assertThat(engine.device()).isEqualTo("cpu");
        assertThat(cpu.runs()).isOne();
    }

    @Test
    void batchesStayOnTheOtherUntilTheDeviceIsOpenedAnew() {
        // given
        WindowBatch batch = batchOf(engine, 100);
        cuda.fail();
        engine.run(batch);
        Awaitility.await().until(() -> cuda.openings() >= 3);
        engine.run(batch);
        int before = cuda.runs();

        // when
        cuda.comeBack();
        Awaitility.await().until(() -> engine.device().equals("cuda:0"));
        engine.run(batch);

        // then
        assertThat(before).isZero();
        assertThat(cuda.runs()).isOne();
        assertThat(cpu.runs()).isEqualTo(2);
        assertThat(cuda.closings()).as("the engine that was lost").isOne();
    }

    @Test
    void eachChangeOfTheDeviceIsHandedOutOnceInOrder() {
        // given
        WindowBatch batch = batchOf(engine, 100);
        assertThat(engine.takeDeviceChange()).isNull();

        // when
        cuda.fail();
        engine.run(batch);
        engine.run(batch);
        cuda.comeBack();
        Awaitility.await().until(() -> engine.device().equals("cuda:0"));

        // then
        DeviceChange lost = engine.takeDeviceChange();
        DeviceChange back = engine.takeDeviceChange();
        assertThat(lost).isEqualTo(new DeviceChange(lost.incident(), true, "cuda:0", "cpu", CommandedDevice.REASON));
        assertThat(back).isEqualTo(new DeviceChange(lost.incident(), false, "cuda:0", "cuda:0", lost.reason()));
        assertThat(engine.takeDeviceChange()).isNull();
    }

    @Test
    void threadsThatMeetTheSameFailureAllGetTheirForecastsAndItIsToldOnce() throws Exception {
        // given: all of them are in the device when it fails
        int threads = 4;
        CountDownLatch allIn = new CountDownLatch(threads);
        cuda.beforeFailing(() -> {
            allIn.countDown();
            awaitQuietly(allIn);
        });
        cuda.fail();
        ExecutorService pool = Executors.newFixedThreadPool(threads);
        List<Callable<Float>> work = new ArrayList<>();
        for (int i = 1; i <= threads; i++) {
            float load = 100 * i;
            work.add(() -> {
                WindowBatch batch = batchOf(engine, load);
                engine.run(batch);
                return batch.quantileMw(0, 1, 1);
            });
        }

        // when
        List<Float> forecasts = new ArrayList<>();
        for (Future<Float> outcome : pool.invokeAll(work)) {
            forecasts.add(outcome.get());
        }
        pool.shutdown();
        Awaitility.await().until(() -> cuda.closings() == 1);

        // then
        assertThat(forecasts).containsExactly(100f, 200f, 300f, 400f);
        assertThat(engine.takeDeviceChange()).isNotNull();
        assertThat(engine.takeDeviceChange()).isNull();
        assertThat(cuda.runsAfterClose()).isZero();
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void aRunFailsOnlyIfBothDevicesDo() {
        // given
        WindowBatch batch = batchOf(engine, 100);
        cuda.fail();
        cpu.fail();

        // then
        assertThatThrownBy(() -> engine.run(batch)).isInstanceOf(ForecastEngineException.class);
        assertThat(batch.size()).isOne();
    }

    @Test
    void theWaitDoublesFromLossToLossIfTheDeviceDoesNotStay() {
        // given
        ListAppender<ILoggingEvent> log = new ListAppender<>();
        Logger logger = (Logger) LoggerFactory.getLogger(FailoverEngine.class);
        log.start();
        logger.addAppender(log);
        try (FailoverEngine flapping = failover(new Backoff(SOON, Duration.ofMinutes(1)))) {
            WindowBatch batch = batchOf(flapping, 100);

            // when
            for (int i = 0; i < 3; i++) {
                cuda.fail();
                flapping.run(batch);
                cuda.comeBack();
                Awaitility.await().until(() -> flapping.device().equals("cuda:0"));
            }
        } finally {
            logger.detachAppender(log);
        }

        // then
        List<String> warnings = log.list.stream()
                .map(ILoggingEvent::getFormattedMessage)
                .filter(message -> message.contains("is lost"))
                .toList();
        assertThat(warnings).hasSize(3).allMatch(line -> line.contains(CommandedDevice.REASON + ". This batch of 1"));
        // A try may have failed in between, so the wait grew by more.
        assertThat(millis(warnings.get(0))).isEqualTo(10);
        assertThat(millis(warnings.get(1))).isGreaterThanOrEqualTo(20);
        assertThat(millis(warnings.get(2))).isGreaterThanOrEqualTo(2 * millis(warnings.get(1)));
    }

    private static int millis(String line) {
        return Integer.parseInt(line.replaceAll(".* opened anew in ([0-9]+) ms.*", "$1"));
    }

    @Test
    void closingClosesWhatIsOpen() {
        engine.close();

        assertThat(cuda.closings()).isOne();
        assertThat(cpu.closings()).isOne();
    }

    @Test
    void waitsDoubleUpToTheLongest() {
        Backoff backoff = new Backoff(Duration.ofSeconds(1), Duration.ofMinutes(1));

        assertThat(backoff.after(0)).hasSeconds(1);
        assertThat(backoff.after(3)).hasSeconds(8);
        assertThat(backoff.after(6)).hasSeconds(60);
        assertThat(backoff.after(10_000)).hasSeconds(60);
    }

    private static WindowBatch batchOf(ForecastEngine engine, float... loads) {
        WindowBatch batch = new WindowBatch(engine.manifest(), loads.length);
        for (float load : loads) {
            float[] window = new float[90];
            Arrays.fill(window, load);
            batch.add(
                    new Region("AEP"),
                    window,
                    400_000,
                    new Calendar(CivilCalendar.UTC, engine.manifest().calendarFeatures()));
        }
        return batch;
    }
}
