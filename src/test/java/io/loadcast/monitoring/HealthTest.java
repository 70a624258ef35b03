package io.loadcast.monitoring;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Optional;
import org.apache.kafka.streams.KafkaStreams.State;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** What the probes answer. */
class HealthTest {
    private static final RestoreProgress.Snapshot NO_RESTORE = new RestoreProgress.Snapshot(0, 0, 0, 0, 0);

    @ParameterizedTest
    @CsvSource({
        "CREATED, true, false, false",
        "REBALANCING, true, false, false",
        "RUNNING, true, true, true",
        "PENDING_SHUTDOWN, true, false, false",
        "PENDING_ERROR, false, false, false",
        "NOT_RUNNING, false, false, false",
        "ERROR, false, false, false",
    })
    void aProgramThatStartsIsLiveReadyAndStartedByItsState(State state, boolean live, boolean ready, boolean started) {
        ProgramStatus status = status(state, state == State.RUNNING);

        assertThat(Health.liveness(status).isUp()).isEqualTo(live);
        assertThat(Health.readiness(status).isUp()).isEqualTo(ready);
        assertThat(Health.startup(status).isUp()).isEqualTo(started);
    }

    @ParameterizedTest
    @EnumSource(State.class)
    void aStartThatIsOverStaysOver(State state) {
        assertThat(Health.startup(status(state, true)).isUp()).isTrue();
    }

    @ParameterizedTest
    @EnumSource(State.class)
    void whoeverIsNotUpSaysWhy(State state) {
        ProgramStatus status = status(state, false);

        assertThat(Health.readiness(status).isUp())
                .isEqualTo(Health.readiness(status).reasons().isEmpty());
        assertThat(Health.readiness(status).reasons()).doesNotHaveDuplicates();
    }

    @Test
    void aTopologyThatWasGivenUpIsNotLiveAndSaysWhatToDoOnce() {
        ProgramStatus status = new ProgramStatus(
                State.NOT_RUNNING,
                true,
                Optional.of("input topics [a] were deleted; start with another id"),
                Optional.of("input topics [a] were deleted; start with another id"),
                Optional.of("m 1"),
                Optional.empty(),
                Optional.empty(),
                NO_RESTORE,
                Optional.empty(),
                false);

        assertThat(Health.liveness(status).reasons())
                .containsExactly("the topology was stopped: input topics [a] were deleted; start with another id");
        assertThat(Health.readiness(status).reasons())
                .isEqualTo(Health.liveness(status).reasons());
    }

    @Test
    void lostTopicsAndAMissingModelAreReasonsNotToBeReadyButToLive() {
        ProgramStatus status = new ProgramStatus(
                State.RUNNING,
                true,
                Optional.empty(),
                Optional.of("output topics [b] were deleted"),
                Optional.empty(),
                Optional.of(new ModelsLook(Instant.now(), Optional.of("no broker"))),
                Optional.of(new ViewLook(Instant.now(), Optional.of("no broker"))),
                NO_RESTORE,
                Optional.empty(),
                false);

        assertThat(Health.liveness(status).isUp()).isTrue();
        assertThat(Health.readiness(status).reasons())
                .containsExactly("no model is loaded yet", "output topics [b] were deleted");
    }

    @Test
    void aStartThatRestoresSaysHowFarItIs() {
        ProgramStatus status = new ProgramStatus(
                State.REBALANCING,
                false,
                Optional.empty(),
                Optional.empty(),
                Optional.of("m 1"),
                Optional.empty(),
                Optional.empty(),
                new RestoreProgress.Snapshot(3, 1, 4_000, 10_000, 12),
                Optional.empty(),
                false);

        assertThat(Health.startup(status).reasons())
                .containsExactly(
                        "the topology has not run yet: its state is being restored, 4000 of about 10000 records,"
                                + " 3 stores to go");
    }

    @Test
    void aProgramThatWasToldToStopIsNotReadyThoughItsTopologyRunsAndIsLive() {
        ProgramStatus status = status(State.RUNNING, Optional.empty(), true);

        assertThat(Health.readiness(status).reasons()).containsExactly("the program is being stopped");
        assertThat(Health.liveness(status).isUp()).isTrue();
    }

    @Test
    void aStartThatWaitsSaysForWhat() {
        ProgramStatus status = status(State.CREATED, Optional.of("the models topic is read"), false);

        assertThat(Health.startup(status).reasons())
                .containsExactly("the topology has not run yet: the models topic is read");
        assertThat(Health.readiness(status).reasons())
                .containsExactly("the topology is not started yet: the models topic is read");
    }

    private static ProgramStatus status(State state, boolean hasRun) {
        return new ProgramStatus(
                state,
                hasRun,
                Optional.empty(),
                Optional.empty(),
                Optional.of("m 1"),
                Optional.empty(),
                Optional.empty(),
                NO_RESTORE,
                Optional.empty(),
                false);
    }

    private static ProgramStatus status(State state, Optional<String> beforeStart, boolean stopping) {
        return new ProgramStatus(
                state,
                false,
                Optional.empty(),
                Optional.empty(),
                Optional.of("m 1"),
                Optional.empty(),
                Optional.empty(),
                NO_RESTORE,
                beforeStart,
                stopping);
    }
}
