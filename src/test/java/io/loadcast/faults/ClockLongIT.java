package io.loadcast.faults;

import static org.assertj.core.api.Assumptions.assumeThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The application's wall clock is set forward under load, and set right again. {@code mvn -B verify -Pfaults}. */
class ClockLongIT {
    private static final long SEED = Long.getLong("loadcast.faults.seed", 20_180_101);
    private static final List<Duration> AHEAD =
            List.of(Duration.ofMinutes(2), Duration.ofHours(3), Duration.ofDays(40));

    @Test
    void aClockThatIsSetForwardAndRightAgainLosesAndDoublesNothing() {
        Path directory = FaultRuns.newDirectory("clock");
        Optional<SetClock> found = SetClock.of(directory);
        assumeThat(found).as("install the package libfaketime to run this").isPresent();
        SetClock clock = found.orElseThrow();
        try (BrokerCluster broker = BrokerCluster.start(directory, 1, FaultRuns.QUICK_BROKER);
                DisturbedRun run = new DisturbedRun(
                        broker, directory.resolve("run"), "clock", SEED, 300, 80, FaultRuns.QUICK_APPLICATION)) {
            // given
            ServeProcess only = run.startInstance("only", clock.environment());
            run.awaitForecasts(100);

            // when
            for (Duration ahead : AHEAD) {
                run.awaitOpenTransactions();
                set(clock, ahead, "set forward by " + ahead, run, only);
                set(clock, Duration.ZERO, "set right again, back by " + ahead, run, only);
            }

            // then
            FaultRuns.requireExactlyOnce(run);
        }
    }

    private static void set(SetClock clock, Duration ahead, String fault, DisturbedRun run, ServeProcess instance) {
        run.committed().forgetPauses();
        clock.set(ahead);
        DisturbedRun.await(() -> error(instance, ahead).compareTo(Duration.ofSeconds(30)) < 0);
        Recovery.await(fault, run.committed());
        run.awaitForecasts(400);
    }

    /** How far the clock that the application reads at a run of the model is from what it was set to. */
    private static Duration error(ServeProcess instance, Duration ahead) {
        long seen = instance.engine().newestCallMillis();
        return Duration.ofMillis(Math.abs(seen - System.currentTimeMillis() - ahead.toMillis()));
    }
}
