package io.loadcast.view;

import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.function.LongToIntFunction;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;

/**
 * Where a view begins to read: not at the beginning of years of history, but so many hours before the newest record of each partition,
 * by the records' timestamps, which are event time; and neither more nor less than so many records before the end.
 */
final class StartOffsets {
    /** Of each partition: some hundred thousand a second can be read, a tenth of that parsed. */
    static final long MOST_RECORDS = 1_000_000;

    /** Whatever their timestamps say: one record that was written with another clock must not hide all others. */
    static final long LEAST_RECORDS = 50_000;

    private static final long MOST_ALERTS = 20_000;
    private static final long MOST_DEAD_LETTERS = 1_000;

    /** The scores of a region are in its newest record. */
    private static final int ACCURACY_HOURS = 48;

    private static final long HOUR_MILLIS = Duration.ofHours(1).toMillis();

    private final Admin admin;
    private final FollowedTopics topics;
    private final LongToIntFunction hoursOfRegions;

    /** @param hoursOfRegions how many hours are kept where there are so many regions */
    StartOffsets(Admin admin, FollowedTopics topics, LongToIntFunction hoursOfRegions) {
        this.admin = admin;
        this.topics = topics;
        this.hoursOfRegions = hoursOfRegions;
    }

    /** @throws KafkaException if the cluster does not answer */
    Map<TopicPartition, Long> of(Collection<TopicPartition> partitions) {
        Map<TopicPartition, Long> ends = offsets(partitions, OffsetSpec.latest());
        Map<TopicPartition, Long> begins = offsets(partitions, OffsetSpec.earliest());
        List<TopicPartition> readings = ofTopic(partitions, topics.readings());
        int hours = hoursOfRegions.applyAsInt(1);
        Map<TopicPartition, Long> starts = hoursBefore(readings, hours, ends);
        long records = readings.stream()
                .mapToLong(partition -> ends.getOrDefault(partition, 0L) - starts.getOrDefault(partition, 0L))
                .sum();
        int fewer = hoursOfRegions.applyAsInt(records / hours);
        if (fewer < hours) {
            starts.putAll(hoursBefore(readings, fewer, ends));
        }
        starts.putAll(hoursBefore(ofTopic(partitions, topics.forecasts()), fewer, ends));
        starts.putAll(hoursBefore(ofTopic(partitions, topics.accuracy()), ACCURACY_HOURS, ends));
        ends.forEach((partition, end) -> {
            long most = mostOf(partition.topic());
            long byTime = Math.min(starts.getOrDefault(partition, 0L), end - Math.min(most, LEAST_RECORDS));
            starts.put(partition, Math.max(begins.getOrDefault(partition, 0L), Math.max(byTime, end - most)));
        });
        return starts;
    }

    private long mostOf(String topic) {
        if (topic.equals(topics.alerts())) {
            return MOST_ALERTS;
        }
        return topic.equals(topics.deadLetters()) ? MOST_DEAD_LETTERS : MOST_RECORDS;
    }

    private static List<TopicPartition> ofTopic(Collection<TopicPartition> partitions, String topic) {
        return partitions.stream()
                .filter(partition -> partition.topic().equals(topic))
                .toList();
    }

    /** The first record of that time or later; the end of a partition that has none. */
    private Map<TopicPartition, Long> hoursBefore(
            Collection<TopicPartition> partitions, int hours, Map<TopicPartition, Long> ends) {
        Map<TopicPartition, OffsetSpec> asked = new HashMap<>();
        list(partitions.stream().collect(Collectors.toMap(p -> p, p -> OffsetSpec.maxTimestamp())))
                .forEach((partition, newest) -> {
                    if (newest.offset() >= 0) {
                        long since = newest.timestamp() - hours * HOUR_MILLIS;
                        asked.put(partition, OffsetSpec.forTimestamp(Math.max(0, since)));
                    }
                });
        Map<TopicPartition, Long> starts = new HashMap<>();
        partitions.forEach(partition -> starts.put(partition, ends.getOrDefault(partition, 0L)));
        list(asked).forEach((partition, first) -> {
            if (first.offset() >= 0) {
                starts.put(partition, first.offset());
            }
        });
        return starts;
    }

    private Map<TopicPartition, Long> offsets(Collection<TopicPartition> partitions, OffsetSpec which) {
        Map<TopicPartition, Long> offsets = new HashMap<>();
        list(partitions.stream().collect(Collectors.toMap(p -> p, p -> which)))
                .forEach((partition, info) -> offsets.put(partition, info.offset()));
        return offsets;
    }

    private Map<TopicPartition, ListOffsetsResultInfo> list(Map<TopicPartition, OffsetSpec> asked) {
        if (asked.isEmpty()) {
            return Map.of();
        }
        try {
            return admin.listOffsets(asked).all().get();
        } catch (ExecutionException e) {
            throw e.getCause() instanceof KafkaException kafka ? kafka : new KafkaException(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptException(e);
        }
    }
}
