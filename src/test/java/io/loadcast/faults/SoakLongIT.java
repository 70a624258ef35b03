package io.loadcast.faults;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.Test;

/**
 * The soak at length: {@code mvn -B verify -Pfaults -Dit.test=SoakLongIT -Dloadcast.soak=PT2M}. With {@code -Dloadcast.soak.seed=N} it
 * does again what seed N did, with {@code -Dloadcast.soak.rounds=N} as many of its actions, however long they take.
 */
class SoakLongIT {
    private static final Duration LENGTH = Duration.parse(System.getProperty("loadcast.soak", "PT2M"));
    private static final int ROUNDS = Integer.getInteger("loadcast.soak.rounds", Integer.MAX_VALUE);
    private static final long SEED = Long.getLong("loadcast.soak.seed", System.currentTimeMillis() % 1_000_000);

    @Test
    void everythingThatComesOutIsWhatTheRulesSayWhateverIsDoneToTheProcesses() {
        // given
        Path directory = FaultRuns.newDirectory("soak-long");
        System.out.println(
                "soak: seed " + SEED + ", for " + (ROUNDS == Integer.MAX_VALUE ? LENGTH : ROUNDS + " rounds"));
        Random random = new Random(SEED);
        try (BrokerCluster broker = BrokerCluster.start(directory, 1, FaultRuns.QUICK_BROKER);
                SoakRun run = new SoakRun(broker, directory.resolve("run"), SEED)) {

            // when
            long end = System.nanoTime() + LENGTH.toNanos();
            int rounds = 0;
            while (run.isGood() && (ROUNDS == Integer.MAX_VALUE ? System.nanoTime() < end : rounds < ROUNDS)) {
                run.feed(500 + random.nextInt(6_000));
                run.disturb();
                rounds++;
            }
            run.feed(500);

            // then
            System.out.println("soak: seed " + SEED + ", " + rounds + " rounds");
            run.verify();
            assertThat(run.faults()).containsKeys("kill -9");
        }
    }
}
