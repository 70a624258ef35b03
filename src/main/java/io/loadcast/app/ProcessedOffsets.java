package io.loadcast.app;

import io.loadcast.streaming.Topics;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.TopicPartition;

/** How far an application has come with its readings, by the offsets it has committed. Whoever made it closes it. */
final class ProcessedOffsets implements AutoCloseable {
    private final Admin admin;
    private final String applicationId;
    private final Topics topics;

    ProcessedOffsets(Properties kafka, String applicationId, Topics topics) {
        this.admin = Admin.create(kafka);
        this.applicationId = applicationId;
        this.topics = topics;
    }

    /** Whether every record that is on the readings topic now has been processed and committed. */
    boolean allReadingsAreCommitted() throws ExecutionException, InterruptedException {
        Map<TopicPartition, Long> committed =
                admin.listConsumerGroupOffsets(applicationId).partitionsToOffsetAndMetadata().get().entrySet().stream()
                        .collect(Collectors.toMap(
                                Map.Entry::getKey, entry -> entry.getValue().offset()));
        return ends(List.of(topics.readings())).entrySet().stream()
                .allMatch(end -> committed.getOrDefault(end.getKey(), 0L) >= end.getValue());
    }

    /** Where all of loadcast's topics end now; partitions without a record are left out. */
    Map<TopicPartition, Long> ends() throws ExecutionException, InterruptedException {
        return ends(topics.names());
    }

    private Map<TopicPartition, Long> ends(List<String> names) throws ExecutionException, InterruptedException {
        Map<TopicPartition, OffsetSpec> latest = admin.describeTopics(names).allTopicNames().get().values().stream()
                .flatMap(topic -> topic.partitions().stream()
                        .map(partition -> new TopicPartition(topic.name(), partition.partition())))
                .collect(Collectors.toMap(partition -> partition, partition -> OffsetSpec.latest()));
        Map<TopicPartition, Long> ends = new HashMap<>();
        admin.listOffsets(latest).all().get().forEach((partition, info) -> {
            if (info.offset() > 0) {
                ends.put(partition, info.offset());
            }
        });
        return ends;
    }

    @Override
    public void close() {
        admin.close();
    }
}
