package io.loadcast.faults;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * Exactly-once in short: a few faults of each kind, and the proof that the verifier sees doubles. {@code mvn -B verify -Pfaults}
 * runs {@link ExactlyOnceLongIT} instead; see {@code docs/reliability.md}.
 */
class ExactlyOnceIT {
    private static final long SEED = Long.getLong("loadcast.faults.seed", 20_180_101);
    private static final Path DIRECTORY = FaultRuns.newDirectory("short");

    private static BrokerCluster broker;

    @BeforeAll
    static void start() {
        System.out.println("faults: seed " + SEED);
        broker = BrokerCluster.start(DIRECTORY, 1, FaultRuns.QUICK_BROKER);
    }

    @AfterAll
    static void stop() {
        broker.close();
    }

    private static DisturbedRun run(String name, long ahead, long paceMillis, Map<String, String> settings) {
        return new DisturbedRun(broker, DIRECTORY.resolve(name), name, SEED, ahead, paceMillis, settings);
    }

    @Test
    void forecastsAndScoresAreExactlyOnceUnderKillsAndAFreeze() {
        try (DisturbedRun run = run("kills", 300, 80, FaultRuns.QUICK_APPLICATION)) {
            // given
            ServeProcess first = run.startInstance("first");
            run.awaitForecasts(100);

            // when
            Kill inside = run.kill(first, true);
            Kill insideAgain = run.kill(first, true);
            Kill anywhere = run.kill(first, false);
            ServeProcess second = run.startInstance("second");
            run.awaitWork(second, 20);
            long zombieWindows = run.freezePastSession(first);

            // then
            FaultRuns.requireInFlight(inside, insideAgain, anywhere);
            assertThat(inside.wasInsideTheModel() || insideAgain.wasInsideTheModel())
                    .isTrue();
            assertThat(zombieWindows).isPositive();
            FaultRuns.requireExactlyOnce(run);
        }
    }

    @Test
    void theVerifierSeesTheDoublesOfATimeoutThatEscapesAPunctuator() {
        try (DisturbedRun run = run("escaping", 30, 0, FaultRuns.withTimeouts(TimeoutInjection.UNWRAPPED))) {
            // when
            run.startInstance("only");
            run.awaitForecasts(800);

            // then
            Verdict verdict = run.verdict();
            FaultRuns.report("escaping timeouts", run, verdict);
            assertThat(verdict.forecasts().doubled()).isPositive();
            assertThat(verdict.forecasts().isExactlyOnce()).isFalse();
        }
    }

    @Test
    void theSameTimeoutsDoubleNothingAsTheProgramWrapsThem() {
        try (DisturbedRun run = run("wrapped", 30, 0, FaultRuns.withTimeouts(TimeoutInjection.AS_THEY_COME))) {
            // when
            ServeProcess only = run.startInstance("only");
            run.awaitForecasts(800);

            // then
            assertThat(only.said(TimeoutsInPunctuators.SAID)).isTrue();
            FaultRuns.requireExactlyOnce(run);
        }
    }
}
