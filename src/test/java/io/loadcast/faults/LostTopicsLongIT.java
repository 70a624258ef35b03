package io.loadcast.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.loadcast.Contract;
import io.loadcast.app.CommittedRecords;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.function.Consumer;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.config.ConfigResource;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * Topics are deleted, created anew, or too small: the program stops and says what to do, or mends it, and never goes on with a state
 * that is not that of its readings. {@code mvn -B verify -Pfaults}.
 */
class LostTopicsLongIT {
    @RegisterExtension
    static final FaultBroker BROKER = new FaultBroker("topics");

    private static DisturbedRun run(String name) {
        return new DisturbedRun(
                BROKER.cluster(),
                BROKER.directory().resolve(name),
                name,
                FaultBroker.SEED,
                300,
                20,
                FaultRuns.QUICK_APPLICATION);
    }

    @Test
    void aChangelogDeletedWhileDownIsNoticedAtTheStart() throws ExecutionException, InterruptedException {
        for (String store : List.of("region-state", "score-history", "load-profile")) {
            String name = "down-" + store;
            try (DisturbedRun run = run(name)) {
                // given
                ServeProcess only = run.startInstance("only");
                run.awaitForecasts(500);
                only.process().terminate();

                // when
                delete(name + "-" + store + "-changelog");
                long before = run.committedForecasts();
                only.restart();

                // then
                requireRefusal(run, only, before, "deleted");
            }
        }
    }

    @Test
    void allChangelogsDeletedWhileDownAreNoticedAtTheStart() throws ExecutionException, InterruptedException {
        String name = "down-all";
        try (DisturbedRun run = run(name)) {
            // given
            ServeProcess only = run.startInstance("only");
            run.awaitForecasts(500);
            only.process().kill();

            // when
            delete(changelogs(name));
            long before = run.committedForecasts();
            only.restart();

            // then
            requireRefusal(run, only, before, "has no state though it has forecast before");
        }
    }

    @Test
    void changelogsDeletedWhileRunningStopTheTopology() throws ExecutionException, InterruptedException {
        String name = "running-changelog";
        try (DisturbedRun run = run(name)) {
            // given
            ServeProcess only = run.startInstance("only");
            run.awaitForecasts(500);

            // when
            delete(changelogs(name));
            long deleted = System.nanoTime();

            // then
            await(() -> !only.process().isAlive());
            System.out.println("faults: changelogs deleted while running: exit "
                    + only.process().exitCode() + " after " + (System.nanoTime() - deleted) / 1_000_000 + " ms; "
                    + only.saying("the topology stops"));
            assertThat(only.process().exitCode()).isEqualTo(1);
            long before = run.committedForecasts();
            only.restart();
            requireRefusal(run, only, before, "has no state though it has forecast before");
        }
    }

    @Test
    void aReadingsTopicThatWasCreatedAnewIsNoticed() throws ExecutionException, InterruptedException {
        String name = "readings";
        try (DisturbedRun run = run(name)) {
            // given
            ServeProcess only = run.startInstance("only");
            run.awaitForecasts(500);
            run.abandonFeed();
            only.process().terminate();

            // when
            delete(run.topics().readings());
            BROKER.admin()
                    .createTopics(List.of(new NewTopic(run.topics().readings(), DisturbedRun.PARTITIONS, (short) 1)))
                    .all()
                    .get();
            long before = run.committedForecasts();
            only.restart();

            // then
            requireRefusal(run, only, before, "is not the topic that the state was made from");
        }
    }

    @Test
    void anOutputTopicThatIsTooSmallStopsTheTopologyUntilItIsLargeEnough()
            throws ExecutionException, InterruptedException {
        try (DisturbedRun run = run("small")) {
            // given
            ServeProcess only = run.startInstance("only");
            run.awaitForecasts(500);

            // when
            setMaxMessageBytes(run.topics().forecasts(), "300");
            await(() -> !only.process().isAlive());
            System.out.println(
                    "faults: too small: exit " + only.process().exitCode() + "; " + only.saying("as too large"));
            assertThat(only.process().exitCode()).isEqualTo(1);
            assertThat(only.saying("as too large").orElseThrow())
                    .contains(run.topics().forecasts(), "max.message.bytes", "nothing is lost");
            setMaxMessageBytes(run.topics().forecasts(), "1048588");
            only.restart();
            long recovered = run.recoveryMillis();

            // then
            System.out.println("faults: forecasts again " + recovered + " ms after the start");
            FaultRuns.requireExactlyOnce(run);
        }
    }

    @Test
    void anOutputTopicThatIsDeletedStopsTheTopologyAndNothingMoreIsLost()
            throws ExecutionException, InterruptedException {
        try (DisturbedRun run = run("output")) {
            // given
            ServeProcess only = run.startInstance("only");
            run.awaitForecasts(500);
            String accuracy = run.topics().accuracy();
            String letters = run.topics().deadLetters();

            // when: what was sent before is in the topic that goes, committed or about to be
            only.process().freeze();
            Set<String> gone = scores(accuracy, true);
            delete(accuracy, letters);
            only.process().thaw();
            long deleted = System.nanoTime();
            await(() -> !only.process().isAlive());
            long millis = (System.nanoTime() - deleted) / 1_000_000;
            assertThat(only.process().exitCode()).isEqualTo(1);
            only.restart();
            long recovered = run.recoveryMillis();

            // then
            System.out.println("faults: " + gone.size() + " scores were in the topic; exit 1 after " + millis + " ms; "
                    + only.saying("created anew") + "; forecasts after " + recovered + " ms");
            Verdict verdict = run.verdict();
            FaultRuns.report("output topic deleted", run, verdict);
            assertThat(gone).isNotEmpty();
            assertThat(verdict.forecasts()).matches(Tally::isExactlyOnce, "is exactly once");
            assertThat(verdict.forecasts().expected()).isEqualTo(run.forecastsDue());
            Tally scores = verdict.scores();
            assertThat(scores.doubled() + scores.outOfOrder() + scores.unexpected() + scores.wrong())
                    .isZero();
            Set<String> missing = scores(FaultRuns.topics("output.undisturbed").accuracy(), false);
            missing.removeAll(scores(accuracy, false));
            assertThat(missing).isNotEmpty().isSubsetOf(gone);
        }
    }

    private static Set<String> scores(String topic, boolean uncommittedToo) {
        Set<String> ids = new HashSet<>();
        Consumer<ConsumerRecord<byte[], byte[]>> add =
                record -> ids.add(OutputKind.SCORE.id(Contract.json(record.value())));
        if (uncommittedToo) {
            CommittedRecords.forEachWritten(BROKER.cluster().bootstrapServers(), topic, add);
        } else {
            CommittedRecords.forEach(BROKER.cluster().bootstrapServers(), topic, add);
        }
        return ids;
    }

    /** The process ends, says why and what to do, and has forecast nothing more. */
    private static void requireRefusal(DisturbedRun run, ServeProcess only, long forecasts, String text) {
        FaultRuns.requireStopped(only, text);
        assertThat(run.committedForecasts()).isEqualTo(forecasts);
    }

    private static String[] changelogs(String applicationId) throws ExecutionException, InterruptedException {
        return BROKER.admin().listTopics().names().get().stream()
                .filter(topic -> topic.startsWith(applicationId + "-") && topic.endsWith("-changelog"))
                .toArray(String[]::new);
    }

    private static void delete(String... topics) throws ExecutionException, InterruptedException {
        assertThat(topics).isNotEmpty();
        BROKER.admin().deleteTopics(Set.of(topics)).all().get();
    }

    private static void setMaxMessageBytes(String topic, String bytes) throws ExecutionException, InterruptedException {
        AlterConfigOp set = new AlterConfigOp(new ConfigEntry("max.message.bytes", bytes), AlterConfigOp.OpType.SET);
        BROKER.admin()
                .incrementalAlterConfigs(Map.of(new ConfigResource(ConfigResource.Type.TOPIC, topic), List.of(set)))
                .all()
                .get();
    }

    private static void await(java.util.concurrent.Callable<Boolean> condition) {
        Awaitility.await().atMost(DisturbedRun.PATIENCE.multipliedBy(2)).until(condition);
    }
}
