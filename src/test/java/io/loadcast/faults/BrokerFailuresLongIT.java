package io.loadcast.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.loadcast.faults.ClusterView.Controller;
import java.nio.file.Path;
import java.util.Map;
import java.util.Random;
import java.util.function.BiConsumer;
import java.util.stream.LongStream;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Three brokers that are killed under load, one after another or all at once, with the timeouts that Kafka and the program have by
 * default: does a transaction stay open for ever? The run ends only when none is open. {@code mvn -B verify -Pfaults}.
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
        Random random = new Random(seed);
        underLoad("cluster", seed, (brokers, run) -> {
            for (int i = 0; i < KILLS; i++) {
                run.killBrokerFor(random.nextInt(brokers.size()), random.nextInt(400));
            }
        });
    }

    @Test
    void whenTheLeaderOfReadingsOrTheActiveControllerDies() {
        underLoad("roles", SEED, (brokers, run) -> {
            try (ClusterView cluster = new ClusterView(brokers.admin())) {
                TopicPartition readings = new TopicPartition(run.topics().readings(), 0);
                int leader = cluster.leader(readings);
                killFor("the leader of a readings partition killed", brokers, run, leader);
                DisturbedRun.await(() -> cluster.leader(readings) != leader && cluster.leader(readings) >= 0);
                comeBack("the former leader back", brokers, run, leader);

                Controller active = cluster.activeController();
                killFor("the active controller killed", brokers, run, active.node());
                assertThat(cluster.activeController().node()).isNotEqualTo(active.node());
                assertThat(cluster.activeController().epoch()).isGreaterThan(active.epoch());
                comeBack("the former controller back", brokers, run, active.node());
            }
        });
    }

    @Test
    void whenAllBrokersDieAtOnceAndComeBack() {
        underLoad("all", SEED, (brokers, run) -> {
            for (int i = 0; i < 3; i++) {
                run.awaitOpenTransactions();
                run.committed().forgetPauses();
                brokers.killAll();
                for (int node = 0; node < brokers.size(); node++) {
                    assertThat(brokers.isAlive(node)).isFalse();
                }
                for (int node = 0; node < brokers.size(); node++) {
                    brokers.launch(node);
                }
                Recovery.await("all three brokers killed and started", run.committed());
                brokers.awaitAll();
                run.awaitForecasts(200);
            }
        });
    }

    private static void killFor(String fault, BrokerCluster brokers, DisturbedRun run, int node) {
        run.awaitOpenTransactions();
        run.committed().forgetPauses();
        brokers.kill(node);
        assertThat(brokers.isAlive(node)).isFalse();
        Recovery.await(fault, run.committed());
        run.awaitForecasts(200);
    }

    private static void comeBack(String what, BrokerCluster brokers, DisturbedRun run, int node) {
        run.committed().forgetPauses();
        brokers.launch(node);
        brokers.awaitAll();
        Recovery.await(what, run.committed());
        run.awaitForecasts(200);
    }

    private static void underLoad(String name, long seed, BiConsumer<BrokerCluster, DisturbedRun> faults) {
        Path directory = FaultRuns.newDirectory(name);
        try (BrokerCluster brokers = BrokerCluster.start(directory, 3, Map.of());
                StableOffsetWatch watch = new StableOffsetWatch(brokers.admin());
                DisturbedRun run = new DisturbedRun(brokers, directory.resolve("run"), name, seed, 300, 40, Map.of())) {
            // given
            run.startInstance("only");
            run.awaitForecasts(100);

            // when
            faults.accept(brokers, run);

            // then
            FaultRuns.requireExactlyOnce(run);
            System.out.println("faults: " + name + ", seed " + seed + ": last stable offsets stood still for "
                    + watch.longest().toSeconds() + " s at most: " + watch.seconds());
        }
    }
}
