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
import org.jspecify.annotations.Nullable;

/**
 * How far an application has come with its readings, by the offsets it has committed and by what is still due. For one thread.
 * Whoever made it closes it.
 */
public final class ProcessedOffsets implements AutoCloseable {
    private final Admin admin;
    private final String applicationId;
    private final Topics topics;
    private final LongSupplier dueHours;
    private boolean wasForecast;

    /** Where the topics ended when all had been forecast for a while. */
    private @Nullable Map<TopicPartition, Long> sent;

    /** @param dueHours how many hours the application has read and not yet forecast */
    public ProcessedOffsets(Properties kafka, String applicationId, Topics topics, LongSupplier dueHours) {
        this.admin = Admin.create(kafka);
        this.applicationId = applicationId;
        this.topics = topics;
        this.dueHours = dueHours;
    }

    /**
     * Whether every record that is on the input topics now has been processed, and all that came of it is committed; see
     * {@link #allOutputsAreCommitted(Map)}.
     */
    boolean allOutputsAreCommitted() throws ExecutionException, InterruptedException {
        Map<TopicPartition, Long> committed = committed();
        // The ends are asked for after the offsets: what came of a committed meter reading is on the readings topic by
        // then.
        return allOutputsAreCommitted(
                committed, ends(List.of(topics.readings(), topics.meterReadings()), IsolationLevel.READ_UNCOMMITTED));
    }

    /**
     * Whether every record before these offsets has been processed, and all that came of it is committed. True at the third look at
     * the earliest: what is sent takes some milliseconds to reach the broker, where it shows as an open transaction, and that has to
     * end. So let two tenths of a second pass between two looks, or more.
     *
     * @param inputEnds offsets of input topics; each partition's is the one after a record
     * @throws ExecutionException if the cluster does not answer
     */
    public boolean allOutputsAreCommitted(Map<TopicPartition, Long> inputEnds)
            throws ExecutionException, InterruptedException {
        return allOutputsAreCommitted(committed(), inputEnds);
    }

    private boolean allOutputsAreCommitted(Map<TopicPartition, Long> committed, Map<TopicPartition, Long> inputEnds)
            throws ExecutionException, InterruptedException {
        boolean isForecast = dueHours.getAsLong() == 0
                && inputEnds.entrySet().stream()
                        .allMatch(end -> committed.getOrDefault(end.getKey(), 0L) >= end.getValue());
        if (!isForecast) {
            wasForecast = false;
            sent = null;
            return false;
        }
        if (sent == null) {
            sent = wasForecast ? ends() : null;
            wasForecast = true;
            return false;
        }
        // Others may write to the outputs too: their transactions need not be over, but those of that look do.
        Map<TopicPartition, Long> stable = ends(topics.names(), IsolationLevel.READ_COMMITTED);
        return sent.entrySet().stream().allMatch(end -> stable.getOrDefault(end.getKey(), 0L) >= end.getValue());
    }

    /**
     * The offsets that the application has committed.
     *
     * @throws ExecutionException if the cluster does not answer
     */
    public Map<TopicPartition, Long> committed() throws ExecutionException, InterruptedException {
        return admin.listConsumerGroupOffsets(applicationId).partitionsToOffsetAndMetadata().get().entrySet().stream()
                .collect(Collectors.toMap(
                        Map.Entry::getKey, entry -> entry.getValue().offset()));
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
