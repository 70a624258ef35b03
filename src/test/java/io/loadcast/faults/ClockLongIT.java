package io.loadcast.faults;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.loadcast.app.CommittedRecords;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * The wall clock of the application, or of the broker, is set forward under load, and set right again. {@code mvn -B verify
 * -Pfaults}.
 */
class ClockLongIT {
    private static final long SEED = Long.getLong("loadcast.faults.seed", 20_180_101);
    private static final List<Duration> AHEAD =
            List.of(Duration.ofMinutes(2), Duration.ofHours(3), Duration.ofDays(40));
    /** More than steps and delays, less than any step. */
    private static final Duration CLOSE = Duration.ofSeconds(30);

    private static final String STAMPED_BY_BROKER = "stamped-by-broker";

    private Path directory;
    private SetClock clock;

    @BeforeEach
    void open() {
        directory = FaultRuns.newDirectory("clock");
        Optional<SetClock> found = SetClock.of(directory);
        assumeThat(found).as("install the package libfaketime to run this").isPresent();
        clock = found.orElseThrow();
    }

    private DisturbedRun run(BrokerCluster broker, String name) {
        return new DisturbedRun(broker, directory.resolve("run"), name, SEED, 300, 80, FaultRuns.QUICK_APPLICATION);
    }

    @Test
    void anApplicationsClockThatIsSetForwardAndRightAgainLosesAndDoublesNothing() {
        try (BrokerCluster broker = BrokerCluster.start(directory, 1, FaultRuns.QUICK_BROKER);
                DisturbedRun run = run(broker, "clock")) {
            // given
            ServeProcess only = run.startInstance("only", clock.environment());
            run.awaitForecasts(100);
            assertThat(rejectsReadingOfTheFuture(broker, run)).isTrue();

            // when
            for (Duration ahead : AHEAD) {
                run.awaitOpenTransactions();
                step(ahead, "application's clock set ahead by " + ahead, run, () -> clockOf(only));
                if (ahead.compareTo(Duration.ofHours(1)) > 0) {
                    assertThat(rejectsReadingOfTheFuture(broker, run)).isFalse();
                }
                step(Duration.ZERO, "set right from " + ahead + " ahead", run, () -> clockOf(only));
                assertThat(only.said("the wall clock was set back")).isTrue();
            }
            assertThat(rejectsReadingOfTheFuture(broker, run)).isTrue();

            // then
            FaultRuns.requireExactlyOnce(run);
        }
    }

    @Test
    void aBrokersClockThatIsSetForwardAndRightAgainLosesAndDoublesNothing() throws Exception {
        Map<String, String> settings = new HashMap<>(FaultRuns.QUICK_BROKER);
        // What a broker forgets by its clock it looks for every second, so that it does within the test.
        settings.put("producer.id.expiration.check.interval.ms", "1000");
        settings.put("transaction.remove.expired.transaction.cleanup.interval.ms", "1000");
        settings.put("offsets.retention.check.interval.ms", "1000");
        settings.put("log.retention.check.interval.ms", "1000");
        try (BrokerCluster broker = BrokerCluster.startOne(directory, settings, clock.environment());
                Admin admin = broker.admin();
                DisturbedRun run = run(broker, "broker-clock")) {
            // given
            admin.createTopics(List.of(new NewTopic(STAMPED_BY_BROKER, 1, (short) 1)
                            .configs(Map.of("message.timestamp.type", "LogAppendTime"))))
                    .all()
                    .get();
            run.startInstance("only");
            run.awaitForecasts(100);

            // when
            for (Duration ahead : AHEAD) {
                run.awaitOpenTransactions();
                step(ahead, "broker's clock set ahead by " + ahead, run, () -> clockOf(broker));
                step(Duration.ZERO, "set right from " + ahead + " ahead", run, () -> clockOf(broker));
            }

            // then
            FaultRuns.requireExactlyOnce(run);
        }
    }

    private interface Clock {
        Instant now();
    }

    /** Sets it, and makes sure by its owner's own word that it is set; returns when forecasts have come again. */
    private void step(Duration ahead, String fault, DisturbedRun run, Clock owner) {
        run.committed().forgetPauses();
        clock.set(ahead);
        DisturbedRun.await(() -> isClose(owner.now(), Instant.now().plus(ahead)));
        Recovery.await(fault, run.committed());
        run.awaitForecasts(400);
    }

    private static boolean isClose(Instant one, Instant other) {
        return Duration.between(one, other).abs().compareTo(CLOSE) < 0;
    }

    /** As it was at the newest run of the model. */
    private static Instant clockOf(ServeProcess instance) {
        return Instant.ofEpochMilli(instance.engine().newestCallMillis());
    }

    private static Instant clockOf(BrokerCluster broker) {
        return Instant.ofEpochMilli(send(broker, new ProducerRecord<>(STAMPED_BY_BROKER, new byte[1]))
                .timestamp());
    }

    /** Publishes a reading that lies more than two hours ahead of the right time, and looks for it among the dead letters. */
    private static boolean rejectsReadingOfTheFuture(BrokerCluster broker, DisturbedRun run) {
        Instant validTime = Instant.now().truncatedTo(ChronoUnit.HOURS).plus(Duration.ofHours(3));
        byte[] key = "FUTURE".getBytes(UTF_8);
        byte[] value = "{\"region\":\"FUTURE\",\"valid_time\":\"%s\",\"load_mw\":1}"
                .formatted(validTime)
                .getBytes(UTF_8);
        String deadLetters = run.topics().deadLetters();
        int before = CommittedRecords.of(broker.bootstrapServers(), deadLetters).size();
        RecordMetadata sent = send(broker, new ProducerRecord<>(run.topics().readings(), key, value));
        TopicPartition partition = new TopicPartition(sent.topic(), sent.partition());
        DisturbedRun.await(() -> run.group().hasPassed(partition, sent.offset()));
        List<ConsumerRecord<byte[], byte[]>> rejected = CommittedRecords.of(broker.bootstrapServers(), deadLetters);
        assertThat(rejected)
                .allMatch(record ->
                        CommittedRecords.header(record, "loadcast_reason").equals("from-the-future"));
        return rejected.size() > before;
    }

    private static RecordMetadata send(BrokerCluster broker, ProducerRecord<byte[], byte[]> record) {
        try (KafkaProducer<byte[], byte[]> producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", broker.bootstrapServers()),
                new ByteArraySerializer(),
                new ByteArraySerializer())) {
            return producer.send(record).get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", e);
        } catch (ExecutionException e) {
            throw new AssertionError("the broker did not answer", e);
        }
    }
}
