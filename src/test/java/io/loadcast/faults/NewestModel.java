package io.loadcast.faults;

import io.loadcast.Contract;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** Follows a forecasts topic as a subscriber does, and says which model made the newest. Thread-safe; whoever made it closes it. */
final class NewestModel implements AutoCloseable {
    private final Thread follower;
    private volatile long count;
    private volatile String sha256 = "";
    private volatile boolean closed;

    NewestModel(String bootstrapServers, String topic) {
        this.follower = new Thread(() -> follow(bootstrapServers, topic), "newest-model");
        follower.setDaemon(true);
        follower.start();
    }

    private void follow(String bootstrapServers, String topic) {
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
                ConsumerRecord<byte[], byte[]> last = null;
                for (ConsumerRecord<byte[], byte[]> record : records) {
                    last = record;
                    count++; // written by this thread only
                }
                if (last != null) {
                    sha256 = Contract.json(last.value()).at("/model/sha256").asText();
                }
            }
        }
    }

    long count() {
        return count;
    }

    /** Checksum of the model that made the forecast read last; empty before the first. */
    String sha256() {
        return sha256;
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
