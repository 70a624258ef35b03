package io.loadcast.faults;

import io.loadcast.Contract;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * A subscriber of an output topic as Kafka's guide makes one: a member of a group that reads committed records and commits what it
 * has worked on. It is as slow as it is told to be. For one thread; whoever made it closes it.
 */
final class SlowReader implements AutoCloseable {
    private static final Duration POLL = Duration.ofMillis(200);

    private final KafkaConsumer<byte[], byte[]> consumer;
    private final OutputKind kind;
    private final List<String> taken = new ArrayList<>();

    /** @param mostPollInterval how long it may be at work before its group gives its partitions to others */
    SlowReader(String bootstrapServers, String topic, OutputKind kind, String group, Duration mostPollInterval) {
        this.kind = kind;
        this.consumer = new KafkaConsumer<>(
                Map.of(
                        "bootstrap.servers", bootstrapServers,
                        "group.id", group,
                        "isolation.level", "read_committed",
                        "auto.offset.reset", "earliest",
                        "enable.auto.commit", "false",
                        "max.poll.records", "1",
                        "session.timeout.ms", "3000",
                        "heartbeat.interval.ms", "1000",
                        "max.poll.interval.ms", String.valueOf(mostPollInterval.toMillis())),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer());
        consumer.subscribe(Set.of(topic));
    }

    /** Takes one record, if there is one, and commits it. */
    void takeOne() {
        ConsumerRecords<byte[], byte[]> records = consumer.poll(POLL);
        for (ConsumerRecord<byte[], byte[]> record : records) {
            taken.add(kind.id(Contract.json(record.value())));
        }
        if (!records.isEmpty()) {
            consumer.commitSync();
        }
    }

    /** How many records it has not read that it could. */
    long lag() {
        Set<TopicPartition> mine = consumer.assignment();
        Map<TopicPartition, Long> ends = consumer.endOffsets(mine);
        return mine.stream()
                .mapToLong(partition -> ends.get(partition) - consumer.position(partition))
                .sum();
    }

    /** Of all records, in their order. */
    List<String> taken() {
        return taken;
    }

    @Override
    public void close() {
        consumer.close();
    }
}
