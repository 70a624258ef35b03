package io.loadcast.faults;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Exactly-once at length: {@code mvn -B verify -Pfaults}, on seeds of {@code -Dloadcast.faults.seed=N} if given. */
class ExactlyOnceLongIT {
    private static final long SEED = Long.getLong("loadcast.faults.seed", 20_180_101);
    private static final int KILLS = Integer.getInteger("loadcast.faults.kills", 24);
    private static final Path DIRECTORY = FaultRuns.newDirectory("long");

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

    private static DisturbedRun run(String name, Map<String, String> settings) {
        return new DisturbedRun(broker, DIRECTORY.resolve(name), name, SEED, 300, 80, settings);
    }

    @Test
    void underManyKillsOfTheApplication() {
        try (DisturbedRun run = run("kills", FaultRuns.QUICK_APPLICATION)) {
            // given
            ServeProcess only = run.startInstance("only");
            run.awaitForecasts(100);

            // when
            List<Kill> kills = new ArrayList<>();
            for (int i = 0; i < KILLS; i++) {
                kills.add(run.kill(only, i % 3 > 0));
            }

            // then
            FaultRuns.requireInFlight(kills.toArray(new Kill[0]));
            long inside = kills.stream().filter(Kill::wasInsideTheModel).count();
            System.out.println("faults: " + KILLS + " kills, " + inside + " inside the model");
            assertThat(inside).isGreaterThanOrEqualTo(KILLS / 2);
            FaultRuns.requireExactlyOnce(run);
        }
    }

    @Test
    void underFreezesKillsAndRebalancesOfTwoInstances() {
        try (DisturbedRun run = run("two", FaultRuns.QUICK_APPLICATION)) {
            // given
            ServeProcess first = run.startInstance("first");
            run.awaitForecasts(100);

            // when
            run.joinAndLeave(first, "passing");
            ServeProcess second = run.startInstance("second");
            run.awaitWork(second, 20);
            long zombieWindows = 0;
            List<Kill> kills = new ArrayList<>();
            for (int i = 0; i < 2; i++) {
                zombieWindows += run.freezePastSession(first);
                zombieWindows += run.freezePastSession(second);
                kills.add(run.kill(first, true));
                run.awaitWork(first, 20);
                run.awaitWork(second, 20);
            }
            run.joinAndLeave(first, "passing-again");

            // then
            System.out.println("faults: 4 freezes with " + zombieWindows + " windows in the model, 2 instances that"
                    + " joined and left in the middle of a batch");
            FaultRuns.requireInFlight(kills.toArray(new Kill[0]));
            FaultRuns.requireExactlyOnce(run);
        }
    }

    @Test
    void underRestartsOfTheBroker() {
        try (DisturbedRun run = run("broker", FaultRuns.outlivingABrokersRestart())) {
            // given
            ServeProcess only = run.startInstance("only");
            run.awaitForecasts(100);

            // when
            run.restartBroker(0, false);
            run.restartBroker(0, true);
            Kill kill = run.kill(only, true);
            run.restartBroker(0, true);
            run.restartBroker(0, false);
            run.restartBroker(0, true);

            // then
            System.out.println("faults: 5 restarts of the broker, 3 of them after kill -9");
            FaultRuns.requireInFlight(kill);
            FaultRuns.requireExactlyOnce(run);
        }
    }
}
