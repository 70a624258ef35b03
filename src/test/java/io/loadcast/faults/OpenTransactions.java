package io.loadcast.faults;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.ListTopicsOptions;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.TopicPartition;
import org.awaitility.Awaitility;

/** Where readers of committed records have to wait: partitions whose last stable offset lies behind their end. */
final class OpenTransactions {
    /**
     * How a partition's last stable offset stands.
     *
     * @param stableOffset up to which readers of committed records can read
     * @param records from there to the end
     */
    record Lag(long stableOffset, long records) {}

    private OpenTransactions() {}

    /** Of each such partition, Kafka's own topics included. */
    static Map<TopicPartition, Lag> lags(Admin admin) throws ExecutionException, InterruptedException {
        Set<String> names = admin.listTopics(new ListTopicsOptions().listInternal(true))
                .names()
                .get();
        Map<TopicPartition, OffsetSpec> latest = admin.describeTopics(names).allTopicNames().get().values().stream()
                .flatMap(topic -> topic.partitions().stream()
                        .map(partition -> new TopicPartition(topic.name(), partition.partition())))
                .collect(Collectors.toMap(partition -> partition, partition -> OffsetSpec.latest()));
        // Stable offsets first: a partition that is written to meanwhile seems to lag, never the other way round.
        Map<TopicPartition, ListOffsetsResultInfo> stable = ends(admin, latest, IsolationLevel.READ_COMMITTED);
        Map<TopicPartition, ListOffsetsResultInfo> ends = ends(admin, latest, IsolationLevel.READ_UNCOMMITTED);
        Map<TopicPartition, Lag> lags = new HashMap<>();
        ends.forEach((partition, end) -> {
            long stableOffset = stable.get(partition).offset();
            if (end.offset() > stableOffset) {
                lags.put(partition, new Lag(stableOffset, end.offset() - stableOffset));
            }
        });
        return lags;
    }

    /** While nothing is read and forecast, nobody begins a transaction: one that stays open is a hanging one. */
    static void awaitNone(BrokerCluster brokers) {
        try (Admin admin = brokers.admin()) {
            Awaitility.await()
                    .atMost(DisturbedRun.PATIENCE)
                    .ignoreExceptions()
                    .untilAsserted(() -> assertThat(lags(admin)).isEmpty());
        }
    }

    private static Map<TopicPartition, ListOffsetsResultInfo> ends(
            Admin admin, Map<TopicPartition, OffsetSpec> latest, IsolationLevel isolation)
            throws ExecutionException, InterruptedException {
        return admin.listOffsets(latest, new ListOffsetsOptions(isolation))
                .all()
                .get();
    }
}
