package io.loadcast.streaming;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Predicate;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** A look at the newest committed records of a topic that may take so many records and so much time, and no more. */
final class TopicTail {
    private static final Duration POLL = Duration.ofMillis(100);

    /** What became of a look. */
    enum Outcome {
        /** All records that the topic has were read, or so many that no more were wanted. */
        ALL,
        /** There are older ones. */
        NEWEST,
        /** There is no such topic. */
        NO_TOPIC,
        /** The time was too short, or the cluster refused. */
        NOT_READ
    }

    private TopicTail() {}

    /**
     * Reads the newest records.
     *
     * @param kafka Kafka client properties, {@code bootstrap.servers} at least
     * @param offsets of each partition, at most; the ends of transactions are among them
     * @param atMost how long it may take, the connection included
     * @param wantsMore takes the next record; those of one partition in their order
     */
    static Outcome read(
            Map<String, String> kafka,
            String topic,
            long offsets,
            Duration atMost,
            Predicate<ConsumerRecord<byte[], byte[]>> wantsMore) {
        long deadline = System.nanoTime() + atMost.toNanos();
        Map<String, Object> properties = new HashMap<>(kafka);
        properties.putAll(Map.of(
                ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed",
                ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, "false",
                ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, "false",
                ConsumerConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, Long.toString(atMost.toMillis()),
                ConsumerConfig.REQUEST_TIMEOUT_MS_CONFIG, Long.toString(atMost.toMillis())));
        properties.remove(ConsumerConfig.GROUP_ID_CONFIG);
        try (Consumer<byte[], byte[]> consumer =
                new KafkaConsumer<>(properties, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            List<PartitionInfo> found = consumer.partitionsFor(topic);
            if (found == null || found.isEmpty()) {
                return Outcome.NO_TOPIC;
            }
            List<TopicPartition> partitions = found.stream()
                    .map(info -> new TopicPartition(topic, info.partition()))
                    .toList();
            consumer.assign(partitions);
            Map<TopicPartition, Long> begins = consumer.beginningOffsets(partitions);
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
            boolean all = true;
            for (TopicPartition partition : partitions) {
                long begin = at(begins, partition);
                long first = Math.max(begin, at(ends, partition) - offsets);
                consumer.seek(partition, first);
                all &= first == begin;
            }
            while (partitions.stream().anyMatch(partition -> consumer.position(partition) < at(ends, partition))) {
                for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
                    if (!wantsMore.test(record)) {
                        return all ? Outcome.ALL : Outcome.NEWEST;
                    }
                }
                if (System.nanoTime() > deadline) {
                    return Outcome.NOT_READ;
                }
            }
            return all ? Outcome.ALL : Outcome.NEWEST;
        } catch (KafkaException e) {
            return Outcome.NOT_READ; // a look beside the work: what fails here is told there
        }
    }

    private static long at(Map<TopicPartition, Long> offsets, TopicPartition partition) {
        return Objects.requireNonNull(offsets.get(partition));
    }
}
