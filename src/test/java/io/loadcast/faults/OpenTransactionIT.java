package io.loadcast.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.loadcast.app.CommittedRecords;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.AbortTransactionSpec;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.ProducerState;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** The runbook of {@code docs/reliability.md}: how a transaction that holds readers up is seen, and how they are freed. */
class OpenTransactionIT {
    private static final TopicPartition PARTITION = new TopicPartition("held", 0);
    private static final byte[] VALUE = {1};

    @Test
    void anOpenTransactionIsSeenAndAbortingItFreesReaders() throws ExecutionException, InterruptedException {
        try (BrokerCluster broker = BrokerCluster.start(FaultRuns.newDirectory("open"), 1, Map.of());
                Admin admin = broker.admin();
                KafkaProducer<byte[], byte[]> holder = producer(broker, "holder");
                KafkaProducer<byte[], byte[]> other = producer(broker, "other")) {
            // given
            admin.createTopics(List.of(new NewTopic(PARTITION.topic(), 1, (short) 1)))
                    .all()
                    .get();
            holder.initTransactions();
            holder.beginTransaction();
            holder.send(new ProducerRecord<>(PARTITION.topic(), VALUE)).get();
            commitOne(other);
            assertThat(OpenTransactions.lags(admin)).containsKey(PARTITION);
            assertThat(CommittedRecords.of(broker.bootstrapServers(), PARTITION.topic()))
                    .isEmpty();

            // when
            admin.abortTransaction(transactionFrom(admin, 0)).all().get();

            // then
            Awaitility.await()
                    .untilAsserted(
                            () -> assertThat(OpenTransactions.lags(admin)).doesNotContainKey(PARTITION));
            assertThat(CommittedRecords.of(broker.bootstrapServers(), PARTITION.topic()))
                    .hasSize(1);
        }
    }

    private static void commitOne(KafkaProducer<byte[], byte[]> producer) {
        producer.initTransactions();
        producer.beginTransaction();
        producer.send(new ProducerRecord<>(PARTITION.topic(), VALUE));
        producer.commitTransaction();
    }

    /** As {@code kafka-transactions.sh abort --start-offset} finds it. */
    private static AbortTransactionSpec transactionFrom(Admin admin, long startOffset)
            throws ExecutionException, InterruptedException {
        Optional<ProducerState> found =
                admin.describeProducers(Set.of(PARTITION)).partitionResult(PARTITION).get().activeProducers().stream()
                        .filter(state -> state.currentTransactionStartOffset().orElse(-1) == startOffset)
                        .findFirst();
        ProducerState state = found.orElseThrow();
        return new AbortTransactionSpec(
                PARTITION,
                state.producerId(),
                (short) state.producerEpoch(),
                state.coordinatorEpoch().orElse(0));
    }

    /** It has ten minutes: the broker does not end its transactions before the test does. */
    private static KafkaProducer<byte[], byte[]> producer(BrokerCluster broker, String transactionalId) {
        return new KafkaProducer<>(
                Map.of(
                        "bootstrap.servers",
                        broker.bootstrapServers(),
                        "transactional.id",
                        transactionalId,
                        "transaction.timeout.ms",
                        "600000"),
                new ByteArraySerializer(),
                new ByteArraySerializer());
    }
}
