package io.loadcast.streaming;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.loadcast.Contract;
import io.loadcast.alerting.AlertSettings;
import io.loadcast.domain.CivilCalendar;
import io.loadcast.domain.EpochHour;
import io.loadcast.domain.ImputationLimits;
import io.loadcast.domain.RegionCalendars;
import io.loadcast.forecasting.ForecastBatch;
import io.loadcast.forecasting.IntakeRules;
import io.loadcast.forecasting.LastValueEngine;
import io.loadcast.forecasting.ScoredLeads;
import io.loadcast.forecasting.StateLayout;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.errors.StreamsException;
import org.apache.kafka.streams.processor.StateStore;
import org.apache.kafka.streams.processor.api.MockProcessorContext;
import org.apache.kafka.streams.processor.api.MockProcessorContext.CapturedPunctuator;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.Stores;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** How the processor lives with its task: started, closed, started again, and with a punctuator only while something is due. */
class RegionForecastProcessorTest {
    private static final long TICK_MILLIS = IdleFlush.COMMIT_MILLIS / 2;
    private static final long START = EpochHour.containing(Instant.parse("2018-01-01T00:00:00Z"));

    private final LastValueEngine engine = new LastValueEngine();
    private final Counters counters = new Counters();
    private final MockProcessorContext<byte[], byte[]> context = new MockProcessorContext<>();
    private final ThreadPace pace = new ThreadPace();
    private RegionForecastProcessor processor = processor();

    private RegionForecastProcessor processor() {
        return processor(64);
    }

    private RegionForecastProcessor processor(int batchSize) {
        return new RegionForecastProcessor(
                new InstanceContext(Topics.DEFAULT, counters, new OneOrigin(), () -> pace),
                () -> new ForecastBatch(
                        engine, new RegionCalendars(Map.of(), CivilCalendar.UTC), ImputationLimits.DEFAULT, batchSize),
                new ForecastingSettings(
                        StateLayout.of(engine.manifest(), 24, ScoredLeads.DEFAULT),
                        IntakeRules.DEFAULT,
                        ReadingScope.ALL,
                        Duration.ofMillis(5),
                        AlertSettings.DEFAULT,
                        Optional.empty()),
                new DeviceAlerts(),
                new ModelAlerts());
    }

    @BeforeEach
    void start() {
        context.setCurrentSystemTimeMs(Instant.parse("2020-01-01T00:00:00Z").toEpochMilli());
        open(Stores.keyValueStoreBuilder(
                        Stores.inMemoryKeyValueStore(LoadcastTopology.REGION_STATE_STORE),
                        Serdes.String(),
                        Serdes.ByteArray())
                .withLoggingDisabled()
                .build());
        open(Stores.keyValueStoreBuilder(
                        Stores.inMemoryKeyValueStore(LoadcastTopology.SCORE_HISTORY_STORE),
                        Serdes.Bytes(),
                        Serdes.ByteArray())
                .withLoggingDisabled()
                .build());
        open(Stores.keyValueStoreBuilder(
                        Stores.inMemoryKeyValueStore(LoadcastTopology.LOAD_PROFILE_STORE),
                        Serdes.String(),
                        Serdes.ByteArray())
                .withLoggingDisabled()
                .build());
        open(Stores.keyValueStoreBuilder(
                        Stores.inMemoryKeyValueStore(LoadcastTopology.ALERT_STATE_STORE),
                        Serdes.String(),
                        Serdes.ByteArray())
                .withLoggingDisabled()
                .build());
        open(Stores.keyValueStoreBuilder(
                        Stores.inMemoryKeyValueStore(LoadcastTopology.CHALLENGER_STATE_STORE),
                        Serdes.Bytes(),
                        Serdes.ByteArray())
                .withLoggingDisabled()
                .build());
        processor.init(context);
    }

    private void open(StateStore store) {
        store.init(context.getStateStoreContext(), store);
        context.addStateStore(store);
    }

    private void read(int firstHour, int hours) {
        for (int hour = firstHour; hour < firstHour + hours; hour++) {
            String value = "{\"region\":\"AEP\",\"valid_time\":\"%s\",\"load_mw\":1000}"
                    .formatted(EpochHour.start(START + hour));
            processor.process(new Record<>("AEP".getBytes(UTF_8), value.getBytes(UTF_8), 0));
        }
    }

    private List<CapturedPunctuator> armed() {
        return context.scheduledPunctuators().stream()
                .filter(punctuator -> !punctuator.cancelled())
                .toList();
    }

    private void tick() {
        context.setCurrentSystemTimeMs(context.currentSystemTimeMs() + TICK_MILLIS);
        armed().forEach(punctuator -> punctuator.getPunctuator().punctuate(context.currentSystemTimeMs()));
    }

    /** By the model: the fallback's forecasts come before the warm-up is over. */
    private int issued() {
        return (int) context.forwarded(LoadcastTopology.FORECASTS_SINK).stream()
                .map(captured -> Contract.json(captured.record().value()))
                .filter(forecast -> forecast.get("quality").asText().equals("ok"))
                .count();
    }

    @Test
    void thereIsAPunctuatorOnlyWhileSomethingIsDue() {
        // given
        int atStart = armed().size();

        // when
        read(0, 90);
        int whileDue = armed().size();
        tick();
        tick();

        // then
        assertThat(atStart).isZero();
        assertThat(whileDue).isOne();
        assertThat(issued()).isOne();
        assertThat(armed()).isEmpty();
    }

    @Test
    void anIdleTaskAsksForACommitOfWhatItHasFlushed() {
        // given
        read(0, 90);

        // when
        tick();
        boolean whileReadingsCome = context.committed();
        tick();

        // then
        assertThat(whileReadingsCome).isFalse();
        assertThat(context.committed()).isTrue();
    }

    @Test
    void aThreadIsGivenUpWhenTheWallClockWasSetBack() {
        // given
        read(0, 1);

        // when
        context.setCurrentSystemTimeMs(context.currentSystemTimeMs() - ThreadPace.MOST_BACK_MILLIS);
        read(1, 1); // so little is borne
        context.setCurrentSystemTimeMs(context.currentSystemTimeMs() - 1);

        // then
        assertThatThrownBy(() -> read(2, 1))
                .isInstanceOf(StreamsException.class)
                .hasMessageContaining("set back");
    }

    @Test
    void anIdleTaskWaitsWithTheCommitUntilTheOtherTasksOfItsThreadAreIdleToo() {
        // given
        read(0, 90);
        tick();

        // when
        pace.readings++; // another task's
        tick();
        boolean whileAnotherIsBusy = context.committed();
        tick();

        // then
        assertThat(issued()).isOne();
        assertThat(whileAnotherIsBusy).isFalse();
        assertThat(context.committed()).isTrue();
    }

    @Test
    void anIdleTaskAsksForACommitThoughAFullBatchHasLeftNothingDue() {
        // given
        processor.close();
        processor = processor(1);
        processor.init(context);
        read(0, 91);
        long due = counters.dueHours();

        // when
        tick();
        tick();

        // then
        assertThat(due).isZero();
        assertThat(issued()).isEqualTo(2);
        assertThat(context.committed()).isTrue();
        assertThat(armed()).isEmpty();
    }

    @Test
    void aTaskThatIsIdleOftenAsksForFewCommits() {
        // given
        read(0, 90);
        tick();
        tick();
        context.resetCommit();

        // when
        read(90, 1);
        armed().forEach(punctuator -> punctuator.getPunctuator().punctuate(context.currentSystemTimeMs()));
        armed().forEach(punctuator -> punctuator.getPunctuator().punctuate(context.currentSystemTimeMs()));
        boolean tooSoon = context.committed();
        int issuedSoon = issued();
        tick();
        tick();

        // then
        assertThat(issuedSoon).isEqualTo(2);
        assertThat(tooSoon).isFalse();
        assertThat(context.committed()).isTrue();
        assertThat(armed()).isEmpty();
    }

    @Test
    void aRepeatedReadingArmsNothing() {
        // given
        read(0, 90);
        tick();
        tick();

        // when
        read(89, 1);

        // then
        assertThat(armed()).isEmpty();
    }

    @Test
    void aTaskThatClosesForecastsNothingAndCancelsItsPunctuator() {
        // given
        read(0, 90);

        // when
        processor.close();

        // then
        assertThat(issued()).isZero();
        assertThat(armed()).isEmpty();
        assertThat(counters.dueHours()).isZero();
    }

    @Test
    void theNextOwnerFindsInTheStoreWhatIsDue() {
        // given
        read(0, 91);
        processor.close();
        processor = processor();

        // when
        processor.init(context);
        tick();

        // then
        assertThat(issued()).isEqualTo(2);
        assertThat(armed()).isEmpty();
    }

    @Test
    void theSameProcessorStartedAgainForecastsOnceWhatIsDue() {
        // given
        read(0, 91);
        processor.close();

        // when
        processor.init(context);
        long due = counters.dueHours();
        tick();
        read(91, 1);
        tick();
        tick();

        // then
        assertThat(due)
                .as("a backlog of 24 hours and the next were forecast together")
                .isEqualTo(91 % 25);
        assertThat(issued()).isEqualTo(3);
        assertThat(counters.dueHours()).isZero();
    }
}
