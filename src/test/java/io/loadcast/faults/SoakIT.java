package io.loadcast.faults;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/**
 * The soak in short: random readings of every kind, a second instance that joins, and a {@code kill -9} of the first, against the
 * reference. {@link SoakLongIT} goes on for as long as it is told.
 */
class SoakIT {
    private static final long SEED = Long.getLong("loadcast.soak.seed", 1);

    @Test
    void everythingThatComesOutIsWhatTheRulesSayThroughAJoinAndAKill() {
        // given
        Path directory = FaultRuns.newDirectory("soak");
        System.out.println("soak: seed " + SEED);
        try (BrokerCluster broker = BrokerCluster.start(directory, 1, FaultRuns.QUICK_BROKER);
                SoakRun run = new SoakRun(broker, directory.resolve("run"), SEED)) {
            run.feed(2_000);

            // when
            run.join();
            run.feed(1_500);
            run.killResidentForGood();
            run.feed(1_000);

            // then
            run.verify();
            assertThat(run.faults()).containsEntry("join", 1).containsEntry("kill -9", 1);
        }
    }
}
