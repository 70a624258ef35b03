package io.loadcast.faults;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.apache.kafka.clients.admin.Admin;
import org.junit.jupiter.api.Test;

/**
 * The network between application and broker is cut: packets are dropped for shorter and for longer than the group's session
 * (3 s) and the transaction (6 s) last, or connections are reset. {@code mvn -B verify -Pfaults}.
 */
class NetworkCutLongIT {
    private static final long SEED = Long.getLong("loadcast.faults.seed", 20_180_101);
    private static final Duration SHORT = Duration.ofMillis(1_500);
    private static final Duration LONGER_THAN_SESSION = Duration.ofMillis(4_500);
    private static final Duration LONGER_THAN_TRANSACTION = Duration.ofSeconds(12);
    /** Than the 30 s that a client waits for an answer before it gives the connection up. */
    private static final Duration LONGER_THAN_REQUEST = Duration.ofSeconds(45);

    @Test
    void cutsOfAllLengthsLoseAndDoubleNothing() throws Exception {
        Path directory = FaultRuns.newDirectory("network");
        try (StallingProxy network = StallingProxy.open();
                BrokerCluster broker = BrokerCluster.startBehind(List.of(network), directory, FaultRuns.QUICK_BROKER);
                Admin admin = broker.admin();
                DisturbedRun run = new DisturbedRun(
                        broker, directory.resolve("run"), "network", SEED, 300, 80, FaultRuns.QUICK_APPLICATION)) {
            // given
            run.startInstance("only");
            run.awaitForecasts(100);

            // when
            stall(SHORT, network, run);
            assertThat(run.group().instances()).isEqualTo(1);
            recover("1.5 s without network", network, run);

            stall(LONGER_THAN_SESSION, network, run);
            assertThat(run.group().instances()).as("the session is over").isZero();
            assertThat(OpenTransactions.lags(admin))
                    .as("the transaction is not")
                    .isNotEmpty();
            recover("4.5 s without network", network, run);

            for (Duration cut : List.of(LONGER_THAN_TRANSACTION, LONGER_THAN_REQUEST)) {
                stall(cut, network, run);
                assertThat(run.group().instances()).as("the session is over").isZero();
                assertThat(OpenTransactions.lags(admin))
                        .as("the transaction is over, too")
                        .isEmpty();
                recover(cut.toSeconds() + " s without network", network, run);
            }

            for (Duration cut : List.of(Duration.ZERO, LONGER_THAN_TRANSACTION)) {
                refuse(cut, network, run);
                recover("connections reset, and refused for " + cut.toSeconds() + " s", network, run);
            }

            // then
            FaultRuns.requireExactlyOnce(run);
        }
    }

    private static void stall(Duration cut, StallingProxy network, DisturbedRun run) {
        run.awaitOpenTransactions();
        run.committed().forgetPauses();
        long heldBack = network.heldBackBytes();
        network.stall();
        long committed = settledCount(run);
        FaultRuns.pass(cut);
        assertThat(run.committed().count()).as("forecasts during the cut").isEqualTo(committed);
        assertThat(network.heldBackBytes()).isGreaterThan(heldBack);
    }

    private static void refuse(Duration cut, StallingProxy network, DisturbedRun run) {
        run.awaitOpenTransactions();
        run.committed().forgetPauses();
        long resets = network.resets();
        network.refuse();
        FaultRuns.pass(cut);
        assertThat(network.resets()).isGreaterThan(resets);
    }

    private static void recover(String fault, StallingProxy network, DisturbedRun run) {
        network.resume();
        Recovery.await(fault, run.committed());
        DisturbedRun.await(() -> run.group().isStable() && run.group().instances() == 1);
        run.awaitForecasts(200);
    }

    /** What was committed as the cut began; the reader, who is not cut off, gets that at once. */
    private static long settledCount(DisturbedRun run) {
        FaultRuns.pass(Duration.ofMillis(500));
        return run.committed().count();
    }
}
