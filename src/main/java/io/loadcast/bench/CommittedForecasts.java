package io.loadcast.bench;

import io.loadcast.domain.Reading;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import java.util.Set;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * The forecasts as a subscriber sees them: committed ones only. A forecast is told by its key and its timestamp, its issue time. For
 * one thread. Whoever made it closes it.
 */
final class CommittedForecasts implements AutoCloseable {
    private static final Duration POLL = Duration.ofMillis(100);
    private static final Duration PATIENCE = Duration.ofMinutes(1);

    private final Consumer<byte[], byte[]> consumer;
    private final List<TopicPartition> partitions;

    /** A forecast, by the key and the timestamp of its record. */
    record Issue(String region, long timestamp) {}

    CommittedForecasts(Properties kafka, String topic, int partitions) {
        Properties properties = new Properties();
        properties.putAll(kafka);
        properties.putAll(Map.of(
                ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed",
                ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, "false",
                ConsumerConfig.MAX_POLL_RECORDS_CONFIG, "5000"));
        this.consumer = new KafkaConsumer<>(properties, new ByteArrayDeserializer(), new ByteArrayDeserializer());
        this.partitions = IntStream.range(0, partitions)
                .mapToObj(partition -> new TopicPartition(topic, partition))
                .toList();
        consumer.assign(this.partitions);
    }

    /**
     * How many there are between these offsets.
     *
     * @throws BenchException if it has not come to their end after five minutes
     */
    long countBetween(Map<TopicPartition, Long> from, Map<TopicPartition, Long> to) {
        partitions.forEach(partition -> consumer.seek(partition, offset(from, partition)));
        long deadline = System.nanoTime() + Duration.ofMinutes(5).toNanos();
        long count = 0;
        while (partitions.stream().anyMatch(p -> consumer.position(p) < offset(to, p))) {
            count += consumer.poll(POLL).count();
            if (System.nanoTime() > deadline) {
                throw new BenchException("the forecasts cannot be read to their end");
            }
        }
        return count;
    }

    private static long offset(Map<TopicPartition, Long> offsets, TopicPartition partition) {
        return Objects.requireNonNull(offsets.get(partition));
    }

    /** Goes to the end, to wait for what is still to come. */
    void seekToEnd(Map<TopicPartition, Long> ends) {
        partitions.forEach(partition -> consumer.seek(partition, offset(ends, partition)));
        consumer.poll(Duration.ZERO);
    }

    /** What {@link #await} is to wait for, made before the clock starts. */
    Set<Issue> of(Iterable<Reading> readings) {
        Set<Issue> issues = new HashSet<>();
        readings.forEach(reading -> issues.add(
                new Issue(reading.region().name(), reading.validTime().toEpochMilli())));
        return issues;
    }

    /**
     * Waits for these forecasts.
     *
     * @param missing is emptied
     * @param startNanos when, by {@link System#nanoTime}, before their readings were sent
     * @return how long after it each was seen
     * @throws BenchException if none comes for a minute
     */
    Latencies await(Set<Issue> missing, long startNanos) {
        long[] nanos = new long[missing.size()];
        int seen = 0;
        long lastNanos = System.nanoTime();
        while (!missing.isEmpty()) {
            ConsumerRecords<byte[], byte[]> records = consumer.poll(POLL);
            long now = System.nanoTime();
            for (ConsumerRecord<byte[], byte[]> record : records) {
                if (missing.remove(new Issue(new String(record.key(), StandardCharsets.UTF_8), record.timestamp()))) {
                    nanos[seen++] = now - startNanos;
                    lastNanos = now;
                }
            }
            if (now - lastNanos > PATIENCE.toNanos()) {
                throw new BenchException(missing.size() + " of " + nanos.length + " forecasts did not come within "
                        + PATIENCE.toSeconds() + " s; the log above may say why");
            }
        }
        return new Latencies(nanos);
    }

    @Override
    public void close() {
        consumer.close();
    }
}
