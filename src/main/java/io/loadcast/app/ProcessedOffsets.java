package io.loadcast.app;

import io.loadcast.streaming.Topics;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.ExecutionException;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.TopicPartition;

/**
 * How far an application has come with its readings, by the offsets it has committed and by what is still due. For one thread.
 * Whoever made it closes it.
 */
final class ProcessedOffsets implements AutoCloseable {
    private final Admin admin;
    private final String applicationId;
    private final Topics topics;
    private final LongSupplier dueHours;
    private boolean wasForecast;

    /** @param dueHours how many hours the application has read and not yet forecast */
    ProcessedOffsets(Properties kafka, String applicationId, Topics topics, LongSupplier dueHours) {
        this.admin = Admin.create(kafka);
        this.applicationId = applicationId;
        this.topics = topics;
        this.dueHours = dueHours;
    }

    /**
     * Whether every record that is on the input topics now has been processed, and all that came of it is committed. True at the
     * second look at the earliest, if the first found nothing due: what is sent takes some milliseconds to reach the broker, where
     * it shows as an open transaction. So let a tenth of a second pass between two looks, or more.
     */
    boolean allOutputsAreCommitted() throws ExecutionException, InterruptedException {
        boolean isForecast = allInputIsCommitted() && dueHours.getAsLong() == 0;
        boolean committed = isForecast
                && wasForecast
                && ends(topics.names(), IsolationLevel.READ_COMMITTED).equals(ends());
        wasForecast = isForecast;
        return committed;
    }

    private boolean allInputIsCommitted() throws ExecutionException, InterruptedException {
        Map<TopicPartition, Long> committed =
                admin.listConsumerGroupOffsets(applicationId).partitionsToOffsetAndMetadata().get().entrySet().stream()
                        .collect(Collectors.toMap(
                                Map.Entry::getKey, entry -> entry.getValue().offset()));
        // The ends are asked for after the offsets: what came of a committed meter reading is on the readings topic by
        // then.
        return ends(List.of(topics.readings(), topics.meterReadings()), IsolationLevel.READ_UNCOMMITTED)
                .entrySet()
                .stream()
                .allMatch(end -> committed.getOrDefault(end.getKey(), 0L) >= end.getValue());
    }

    /** Where all of loadcast's topics end now; partitions without a record are left out. */
    Map<TopicPartition, Long> ends() throws ExecutionException, InterruptedException {
        return ends(topics.names(), IsolationLevel.READ_UNCOMMITTED);
    }

    private Map<TopicPartition, Long> ends(List<String> names, IsolationLevel isolation)
            throws ExecutionException, InterruptedException {
        Map<TopicPartition, OffsetSpec> latest = admin.describeTopics(names).allTopicNames().get().values().stream()
                .flatMap(topic -> topic.partitions().stream()
                        .map(partition -> new TopicPartition(topic.name(), partition.partition())))
                .collect(Collectors.toMap(partition -> partition, partition -> OffsetSpec.latest()));
        Map<TopicPartition, Long> ends = new HashMap<>();
        admin.listOffsets(latest, new ListOffsetsOptions(isolation)).all().get().forEach((partition, info) -> {
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
