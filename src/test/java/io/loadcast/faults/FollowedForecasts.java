package io.loadcast.faults;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** A thread that reads a forecasts topic from its beginning, as a subscriber does, and hands on what comes. Whoever made it closes it. */
final class FollowedForecasts implements AutoCloseable {
    private final Thread follower;
    private volatile boolean closed;

    /** @param action is given what a poll has brought, which is never nothing, on the thread of this */
    FollowedForecasts(String bootstrapServers, String topic, Consumer<ConsumerRecords<byte[], byte[]>> action) {
        this.follower = new Thread(() -> follow(bootstrapServers, topic, action), "followed-forecasts");
        follower.setDaemon(true);
        follower.start();
    }

    private void follow(String bootstrapServers, String topic, Consumer<ConsumerRecords<byte[], byte[]>> action) {
        Map<String, Object> settings = Map.of(
                "bootstrap.servers", bootstrapServers,
                "isolation.level", "read_committed",
                "enable.auto.commit", "false");
        try (var consumer = new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            List<TopicPartition> partitions = consumer.partitionsFor(topic).stream()
                    .map(info -> new TopicPartition(topic, info.partition()))
                    .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            while (!closed) {
                ConsumerRecords<byte[], byte[]> records = consumer.poll(Duration.ofMillis(100));
                if (!records.isEmpty()) {
                    action.accept(records);
                }
            }
        }
    }

    @Override
    public void close() {
        closed = true;
        try {
            follower.join(Duration.ofSeconds(30).toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
