package io.loadcast.faults;

import java.nio.file.Path;
import java.util.Map;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Three brokers that are killed one after another under load, with the timeouts that Kafka and the program have by default: does a
 * transaction stay open for ever? The run ends only when none is open. {@code mvn -B verify -Pfaults}.
 */
class BrokerFailuresLongIT {
    private static final long SEED = Long.getLong("loadcast.faults.seed", 20_180_101);
    private static final int SEEDS = Integer.getInteger("loadcast.faults.cluster-seeds", 3);
    private static final int KILLS = 5;

    static LongStream seeds() {
        return LongStream.range(SEED, SEED + SEEDS);
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void noTransactionStaysOpenAndOutputsAreExactlyOnce(long seed) {
        Path directory = FaultRuns.newDirectory("cluster");
        Random random = new Random(seed);
        try (BrokerCluster brokers = BrokerCluster.start(directory, 3, Map.of());
                StableOffsetWatch watch = new StableOffsetWatch(brokers.admin());
                DisturbedRun run =
                        new DisturbedRun(brokers, directory.resolve("run"), "run", seed, 300, 40, Map.of())) {
            // given
            run.startInstance("only");
            run.awaitForecasts(100);

            // when
            for (int i = 0; i < KILLS; i++) {
                run.killBrokerFor(random.nextInt(brokers.size()), random.nextInt(400));
            }

            // then
            FaultRuns.requireExactlyOnce(run);
            System.out.println(
                    "faults: seed " + seed + ", " + KILLS + " brokers killed; last stable offsets stood still" + " for "
                            + watch.longest().toSeconds() + " s at most: " + watch.seconds());
        }
    }
}
