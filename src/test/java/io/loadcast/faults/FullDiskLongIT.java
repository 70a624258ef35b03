package io.loadcast.faults;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** No room is left for the state: on a disk of its own, filled to the last byte. {@code mvn -B verify -Pfaults}. */
class FullDiskLongIT {
    private static final long SEED = Long.getLong("loadcast.faults.seed", 20_180_101);
    private static final int MEGABYTES = 192; // RocksDB reserves 4 MB for each store's list of files
    private static final String FULL = "the disk of the state directory is full";

    @Test
    void forecastsWaitForRoomAndTheProcessEndsIfNoneComes() {
        System.out.println("faults: seed " + SEED);
        Path directory = FaultRuns.newDirectory("disk");
        Map<String, String> settings = new HashMap<>(FaultRuns.QUICK_APPLICATION);
        settings.put(SmallMemtables.SETTING, SmallMemtables.class.getName());
        try (BrokerCluster broker = BrokerCluster.start(directory, 1, FaultRuns.QUICK_BROKER);
                SmallDisk disk = SmallDisk.mount(directory.resolve("run").resolve("only-state"), MEGABYTES);
                DisturbedRun run = new DisturbedRun(broker, directory.resolve("run"), "run", SEED, 300, 20, settings)) {
            // given
            ServeProcess only = run.startInstance("only");
            run.awaitForecasts(1_000);

            // when: full for a moment
            disk.fill();
            await(() -> only.said(FULL));
            assertThat(disk.freeBytes()).as("room while it fails").isZero();
            disk.makeRoom();
            long byItself = run.recoveryMillis();
            assertThat(only.process().isAlive()).isTrue();

            // when: full for good
            disk.fill();
            long filled = System.nanoTime();
            await(() -> {
                disk.fill(); // a store that failed is emptied, and leaves room
                return !only.process().isAlive();
            });
            Duration untilExit = Duration.ofNanos(System.nanoTime() - filled);
            int exit = only.process().exitCode();
            disk.fill();
            only.restart();
            await(() -> {
                disk.fill();
                return !only.process().isAlive();
            });
            int exitOfStart = only.process().exitCode();
            long freeThen = disk.freeBytes();
            disk.makeRoom();
            only.restart();
            long afterRestart = run.recoveryMillis();

            // then
            System.out.println("faults: room again: forecasts after " + byItself + " ms; no room: exit " + exit
                    + " after "
                    + untilExit.toMillis() + " ms, exit of a start without room " + exitOfStart + " (free: " + freeThen
                    + "), forecasts " + afterRestart + " ms after the start with room");
            System.out.println("faults: it said " + only.saying("the topology stops after"));
            System.out.println("faults: it said " + only.saying("cannot start"));
            assertThat(exit).isEqualTo(1);
            assertThat(exitOfStart).isEqualTo(1);
            FaultRuns.requireExactlyOnce(run);
        }
    }

    private static void await(java.util.concurrent.Callable<Boolean> condition) {
        Awaitility.await().atMost(DisturbedRun.PATIENCE).until(condition);
    }
}
