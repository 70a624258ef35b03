package io.loadcast.faults;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The state directory is deleted or damaged: the changelog has it all. {@code mvn -B verify -Pfaults}. */
class StateDirectoryLongIT {
    private static final long SEED = Long.getLong("loadcast.faults.seed", 20_180_101);
    private static final Path DIRECTORY = FaultRuns.newDirectory("state");

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

    private static DisturbedRun run(String name) {
        Map<String, String> settings = new HashMap<>(FaultRuns.QUICK_APPLICATION);
        settings.put(SmallMemtables.SETTING, SmallMemtables.class.getName());
        return new DisturbedRun(broker, DIRECTORY.resolve(name), name, SEED, 300, 20, settings);
    }

    @Test
    void deletedWhileTheApplicationIsDown() {
        try (DisturbedRun run = run("deleted-down")) {
            // given
            ServeProcess only = run.startInstance("only");
            run.awaitForecasts(1_000);
            Path state = only.stateDirectory();

            // when: once after a good end, once after kill -9
            only.process().terminate();
            assertThat(StateFiles.of(state, StateFiles::isTable)).isNotEmpty();
            StateFiles.delete(state);
            only.restart();
            long clean = run.recoveryMillis();
            only.process().kill();
            assertThat(StateFiles.of(state, StateFiles::isTable)).isNotEmpty();
            StateFiles.delete(state);
            only.restart();
            long killed = run.recoveryMillis();

            // then
            System.out.println("faults: forecasts again " + clean + " and " + killed + " ms after the start");
            FaultRuns.requireExactlyOnce(run);
        }
    }

    @Test
    void deletedWhileTheApplicationRuns() {
        try (DisturbedRun run = run("deleted-running")) {
            // given
            ServeProcess only = run.startInstance("only");
            run.awaitForecasts(1_000);

            // when
            StateFiles.delete(only.stateDirectory());

            // then
            Awaitility.await()
                    .atMost(DisturbedRun.PATIENCE)
                    .until(() -> only.said("is replaced") || !only.process().isAlive());
            long recovered = run.recoveryMillis();
            System.out.println(
                    "faults: " + only.saying("is replaced") + "; forecasts again after " + recovered + " ms");
            assertThat(only.process().isAlive()).isTrue();
            assertThat(Files.exists(only.stateDirectory())).isTrue();
            FaultRuns.requireExactlyOnce(run);
        }
    }

    @Test
    void filesOverwrittenWhileTheApplicationIsDown() {
        Random random = new Random(SEED);
        damagedWhileDown("overwritten", StateFiles::isContent, file -> StateFiles.overwrite(file, random));
    }

    @Test
    void tablesOverwrittenWhileTheApplicationIsDown() {
        Random random = new Random(SEED);
        damagedWhileDown("tables", StateFiles::isTable, file -> StateFiles.overwrite(file, random));
    }

    @Test
    void filesTruncatedWhileTheApplicationIsDown() {
        damagedWhileDown("truncated", StateFiles::isContent, StateFiles::truncate);
    }

    @Test
    void namesOfFilesGarbledWhileTheApplicationIsDown() {
        Random random = new Random(SEED);
        damagedWhileDown(
                "notes",
                file -> StateFiles.isContent(file) && !StateFiles.isTable(file),
                file -> StateFiles.overwrite(file, random));
    }

    private static void damagedWhileDown(String name, Predicate<Path> which, Consumer<Path> damage) {
        try (DisturbedRun run = run(name)) {
            // given
            ServeProcess only = run.startInstance("only");
            run.awaitForecasts(1_000);
            only.process().terminate();

            // when
            List<Path> files = StateFiles.of(only.stateDirectory(), which);
            assertThat(files).isNotEmpty();
            files.forEach(damage);
            only.restart();
            long recovered = run.recoveryMillis();

            // then
            System.out.println("faults: " + name + ": " + files.size() + " files damaged ("
                    + files.stream()
                            .map(file -> file.getFileName().toString().replaceAll("[0-9]+", "N"))
                            .distinct()
                            .toList()
                    + "); forecasts again after " + recovered + " ms; it said "
                    + only.saying("is replaced"));
            FaultRuns.requireExactlyOnce(run);
        }
    }

    @Test
    void tablesOverwrittenWhileTheApplicationRuns() {
        Random random = new Random(SEED);
        try (DisturbedRun run = run("tables-running")) {
            // given
            ServeProcess only = run.startInstance("only");
            run.awaitForecasts(1_000);

            // when
            List<Path> files = StateFiles.of(only.stateDirectory(), StateFiles::isTable);
            assertThat(files).isNotEmpty();
            files.forEach(file -> StateFiles.overwrite(file, random));

            // then
            Awaitility.await().atMost(DisturbedRun.PATIENCE).until(() -> only.said("is replaced"));
            long recovered = run.recoveryMillis();
            System.out.println("faults: " + files.size() + " tables; " + only.saying("is replaced")
                    + "; forecasts again after " + recovered + " ms");
            FaultRuns.requireExactlyOnce(run);
        }
    }
}
