package io.loadcast.faults;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * Meters are summed exactly once under faults: {@code mvn -B verify -Pfaults}. {@link MeteredRun} says why what comes out is determined.
 */
class MeteringFaultsLongIT {
    @RegisterExtension
    static final FaultBroker BROKER = new FaultBroker("metering");

    private static final int KILLS = Integer.getInteger("loadcast.faults.kills", 8);
    /** More than are summed before a commit. */
    private static final int HOURS_IN_FLIGHT = 600;

    private static MeteredRun run(String name, int poisonPerThousand) {
        return new MeteredRun(
                BROKER.cluster(), BROKER.directory(), name, FaultBroker.SEED, HOURS_IN_FLIGHT, poisonPerThousand);
    }

    @Test
    void underManyKillsOfTheApplication() {
        try (MeteredRun metered = run("kills", 0)) {
            // given
            DisturbedRun run = metered.run();
            ServeProcess only = run.startInstance("only");

            // when
            Random random = new Random(FaultBroker.SEED);
            int inTransaction = 0;
            for (int i = 0; i < KILLS; i++) {
                inTransaction += metered.kill(only, 1 + random.nextInt(300)) > 0 ? 1 : 0;
                only.restart();
                System.out.println("faults: forecasts again " + run.recoveryMillis() + " ms after the start");
            }

            // then
            System.out.println("faults: " + KILLS + " kills, " + inTransaction + " with metered readings uncommitted");
            assertThat(inTransaction).isGreaterThanOrEqualTo((KILLS + 1) / 2);
            metered.requireExactlyOnce();
        }
    }

    @Test
    void whenASecondInstanceJoinsAndLeaves() {
        try (MeteredRun metered = run("two", 0)) {
            // given
            DisturbedRun run = metered.run();
            run.startInstance("resident");
            run.awaitForecasts(300);

            // when
            metered.joinAndLeave("passing", false);
            run.recoveryMillis();
            metered.joinAndLeave("dying", true);
            run.recoveryMillis();

            // then
            metered.requireExactlyOnce();
        }
    }

    @Test
    void whenTheStateDirectoryIsDeletedWhileDown() {
        try (MeteredRun metered = run("deleted-state", 0)) {
            // given
            DisturbedRun run = metered.run();
            ServeProcess only = run.startInstance("only");
            run.awaitForecasts(1_000);

            // when: once after a good end, once after kill -9
            only.process().terminate();
            deleteState(only);
            only.restart();
            long clean = run.recoveryMillis();
            metered.kill(only, 1);
            deleteState(only);
            only.restart();
            long killed = run.recoveryMillis();

            // then
            System.out.println("faults: forecasts again " + clean + " and " + killed + " ms after the start");
            metered.requireExactlyOnce();
        }
    }

    private static void deleteState(ServeProcess instance) {
        assertThat(StateFiles.of(
                        instance.stateDirectory(),
                        file -> file.toString().contains("meter-hours") && StateFiles.isContent(file)))
                .isNotEmpty();
        StateFiles.delete(instance.stateDirectory());
    }

    @Test
    void aChangelogOfMetersDeletedWhileDownIsNoticedAtTheStart() throws ExecutionException, InterruptedException {
        for (String store : List.of("metered-regions", "meters", "meter-hours")) {
            String name = "lost-" + store;
            String topic = name + "-" + store + "-changelog";
            requireRefusal(name, "changelog topic " + topic + " was deleted", topic);
        }
    }

    @Test
    void allChangelogsOfMetersDeletedWhileDownAreNoticedAtTheStart() throws ExecutionException, InterruptedException {
        String name = "lost-all";
        requireRefusal(
                name,
                "has no state though it has summed meters before",
                name + "-metered-regions-changelog",
                name + "-meters-changelog",
                name + "-meter-hours-changelog",
                name + "-metering-origin-changelog");
    }

    /** The process ends, says why and what to do, and has summed nothing more. */
    private static void requireRefusal(String name, String text, String... lost)
            throws ExecutionException, InterruptedException {
        try (MeteredRun metered = run(name, 0)) {
            // given
            DisturbedRun run = metered.run();
            ServeProcess only = run.startInstance("only");
            run.awaitForecasts(300);
            only.process().terminate();

            // when
            BROKER.admin().deleteTopics(List.of(lost)).all().get();
            long before = metered.committedReadings();
            only.restart();

            // then
            FaultRuns.requireStopped(only, text);
            assertThat(metered.committedReadings()).isEqualTo(before);
        }
    }

    @Test
    void poisonAmongMeterReadingsBecomesDeadLettersAndNothingElse() {
        try (MeteredRun metered = run("poison", 10)) {
            // given
            DisturbedRun run = metered.run();
            ServeProcess only = run.startInstance("only");
            run.awaitForecasts(4_000);

            // when: so that dead letters are written twice, and seen once
            boolean diedOfPoison = only.said("is replaced");
            metered.kill(only, 1);
            only.restart();
            run.awaitForecasts(4_000);

            // then
            assertThat(diedOfPoison || only.said("is replaced"))
                    .as("a thread has died")
                    .isFalse();
            metered.requireExactlyOnce();
            assertThat(only.said("is replaced")).isFalse();
        }
    }
}
