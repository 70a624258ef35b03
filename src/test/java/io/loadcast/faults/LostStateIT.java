package io.loadcast.faults;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/**
 * State that is lost, in short: on disk it is restored, in Kafka it is missed. {@link StateDirectoryLongIT} and {@link
 * LostTopicsLongIT} have all the ways in which that can happen, and look at every forecast.
 */
class LostStateIT {
    private static final long SEED = Long.getLong("loadcast.faults.seed", 20_180_101);

    @Test
    void aDamagedStateDirectoryIsRestoredAndALostChangelogIsRefused() throws ExecutionException, InterruptedException {
        System.out.println("faults: seed " + SEED);
        Random random = new Random(SEED);
        Path directory = FaultRuns.newDirectory("lost");
        try (BrokerCluster broker = BrokerCluster.start(directory, 1, FaultRuns.QUICK_BROKER);
                Admin admin = broker.admin();
                DisturbedRun run = new DisturbedRun(
                        broker, directory.resolve("run"), "run", SEED, 300, 20, FaultRuns.QUICK_APPLICATION)) {
            // given
            ServeProcess only = run.startInstance("only");
            run.awaitForecasts(300);

            // when
            only.process().terminate();
            List<Path> files = StateFiles.of(only.stateDirectory(), StateFiles::isContent);
            files.forEach(file -> StateFiles.overwrite(file, random));
            only.restart();
            run.recoveryMillis();

            // then
            assertThat(files).isNotEmpty();
            assertThat(only.said("the state directory is damaged")).isTrue();

            // when
            only.process().terminate();
            admin.deleteTopics(List.of("run-region-state-changelog", "run-state-origin-changelog"))
                    .all()
                    .get();
            StateFiles.delete(only.stateDirectory());
            long forecasts = run.committedForecasts();
            only.restart();
            Awaitility.await()
                    .atMost(DisturbedRun.PATIENCE)
                    .until(() -> !only.process().isAlive());

            // then
            assertThat(only.process().exitCode()).isEqualTo(1);
            assertThat(only.saying("the topology stops: ").orElseThrow())
                    .contains("has no state though it has forecast before", "--application-id");
            assertThat(run.committedForecasts()).isEqualTo(forecasts);
        }
    }
}
