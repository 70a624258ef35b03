package io.loadcast.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.loadcast.Contract;
import io.loadcast.app.CommittedRecords;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.kafka.clients.admin.Admin;
import org.junit.jupiter.api.Test;

/**
 * Subscribers of forecasts that are slow, or do nothing for so long that their group gives them up. {@code mvn -B verify -Pfaults}.
 */
class SlowReaderLongIT {
    private static final long SEED = Long.getLong("loadcast.faults.seed", 20_180_101);
    private static final Duration PHASE = Duration.ofSeconds(30);
    private static final Duration MOST_POLL_INTERVAL = Duration.ofSeconds(5);

    @Test
    void slowReadersHoldNothingUpAndMissNothing() throws Exception {
        Path directory = FaultRuns.newDirectory("reader");
        try (BrokerCluster broker = BrokerCluster.start(directory, 1, FaultRuns.QUICK_BROKER);
                Admin admin = broker.admin();
                DisturbedRun run = new DisturbedRun(
                        broker, directory.resolve("run"), "reader", SEED, 300, 80, FaultRuns.QUICK_APPLICATION)) {
            // given
            run.startInstance("only");
            run.awaitForecasts(400);
            long alone = forecastsInPhase(run);
            try (SlowReader slow = reader(broker, run, "slow");
                    SlowReader stopping = reader(broker, run, "stopping")) {
                for (int i = 0; i < 20; i++) {
                    stopping.takeOne();
                }

                // when
                AtomicBoolean over = new AtomicBoolean();
                CompletableFuture<Void> oneASecond = CompletableFuture.runAsync(() -> {
                    while (!over.get()) {
                        slow.takeOne();
                        FaultRuns.pass(Duration.ofSeconds(1));
                    }
                });
                long withThem = forecastsInPhase(run);
                over.set(true);
                oneASecond.get();

                // then
                long lag = slow.lag();
                System.out.printf(
                        "faults: %d forecasts in %d s alone, %d with a reader that took %d of them and one that took none;"
                                + " the first was %d behind then%n",
                        alone, PHASE.toSeconds(), withThem, slow.taken().size(), lag);
                assertThat(members(admin, "stopping")).as("it was given up").isZero();
                assertThat(slow.taken()).hasSizeBetween(1, (int) PHASE.toSeconds() + 1);
                assertThat(lag).isGreaterThan(withThem / 2);
                // How many it was alone depends on what else the machine has to do; a reader that held it up would set
                // the pace.
                assertThat(withThem).isGreaterThan(5L * slow.taken().size());
                FaultRuns.requireExactlyOnce(run);
                List<String> committed = new ArrayList<>();
                CommittedRecords.forEach(
                        broker.bootstrapServers(),
                        run.topics().forecasts(),
                        record -> committed.add(OutputKind.FORECAST.id(Contract.json(record.value()))));
                for (SlowReader reader : List.of(slow, stopping)) {
                    long before = System.nanoTime();
                    DisturbedRun.await(() -> {
                        for (int i = 0; i < 100 && reader.taken().size() < committed.size(); i++) {
                            reader.takeOne();
                        }
                        return reader.taken().size() >= committed.size();
                    });
                    System.out.printf(
                            "faults: caught up with %d forecasts in %.1f s%n",
                            committed.size(), (System.nanoTime() - before) / 1e9);
                    assertThat(reader.taken()).containsExactlyInAnyOrderElementsOf(committed);
                }
            }
        }
    }

    private static SlowReader reader(BrokerCluster broker, DisturbedRun run, String group) {
        return new SlowReader(
                broker.bootstrapServers(), run.topics().forecasts(), OutputKind.FORECAST, group, MOST_POLL_INTERVAL);
    }

    private static long forecastsInPhase(DisturbedRun run) {
        long before = run.committed().count();
        FaultRuns.pass(PHASE);
        return run.committed().count() - before;
    }

    private static int members(Admin admin, String group) throws ExecutionException, InterruptedException {
        return admin.describeConsumerGroups(Set.of(group))
                .all()
                .get()
                .get(group)
                .members()
                .size();
    }
}
