package io.loadcast.faults;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** An application that dies while it restores its state from the changelogs. {@code mvn -B verify -Pfaults}. */
class RestoreLongIT {
    private static final long SEED = Long.getLong("loadcast.faults.seed", 20_180_101);
    private static final int KILLS = 6;

    @Test
    void aKillDuringTheRestoreOfTheStateLosesAndDoublesNothing() {
        Path directory = FaultRuns.newDirectory("restore").toAbsolutePath();
        Path notes = directory.resolve("restore.log");
        Random random = new Random(SEED);
        Map<String, String> settings = new HashMap<>(FaultRuns.QUICK_APPLICATION);
        settings.put(RestoreObservation.FILE, notes.toString());
        settings.put("kafka.streams.default.restore.consumer.max.poll.records", "50"); // many batches
        try (BrokerCluster broker = BrokerCluster.start(directory, 1, FaultRuns.QUICK_BROKER);
                DisturbedRun run =
                        new DisturbedRun(broker, directory.resolve("run"), "restore", SEED, 300, 80, settings)) {
            // given
            ServeProcess only = run.startInstance("only");
            run.awaitForecasts(2_000);
            long committedAtKill = run.committed().count();
            only.process().kill();

            // when
            for (int i = 0; i < KILLS; i++) {
                if (i % 2 == 0) { // else it finds what the one before has restored by half
                    wipe(only.stateDirectory());
                    assertThat(only.stateDirectory()).doesNotExist();
                }
                delete(List.of(notes));
                only.restart();
                long batches = 1 + random.nextInt(8);
                DisturbedRun.await(() -> {
                    RestoreLog soFar = RestoreLog.read(notes);
                    return soFar.isInTheMiddle() && soFar.restored() >= 50 * batches;
                });
                only.process().kill();
                RestoreLog hit = RestoreLog.read(notes);
                System.out.println("faults: killed during the restore: " + hit);
                assertThat(hit).matches(RestoreLog::isInTheMiddle, "is in the middle of the restore");
            }
            // what was forecast in between would mean that it was not the restore that was hit
            assertThat(run.committed().count() - committedAtKill).isLessThan(300);
            wipe(only.stateDirectory());
            run.committed().forgetPauses();
            only.restart();
            Recovery.await("killed during restore, started again without its state", run.committed());
            assertThat(RestoreLog.read(notes).underWay()).isZero();

            // then
            FaultRuns.requireExactlyOnce(run);
        }
    }

    private static void wipe(Path directory) {
        try (Stream<Path> paths = Files.walk(directory)) {
            delete(paths.sorted(Comparator.reverseOrder()).toList());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void delete(List<Path> paths) {
        try {
            for (Path path : paths) {
                Files.deleteIfExists(path);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
