package io.loadcast.app;

import io.loadcast.streaming.Topics;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * Follows loadcast's topics from their beginning as any subscriber would (committed records only) and keeps the newest of each
 * region in a {@link GridView}.
 *
 * <p>{@link #run} is for one thread; {@link #close} may be called from another and makes it return. The view may be read from any.
 */
final class OutputFollower implements Runnable, AutoCloseable {
    private static final Duration POLL = Duration.ofMillis(200);

    private final Consumer<byte[], byte[]> consumer;
    private final Topics topics;
    private final GridView view;
    private volatile boolean closed;
    private volatile Map<TopicPartition, Long> positions = Map.of();

    OutputFollower(Properties kafka, Topics topics, GridView view) {
        Properties properties = new Properties();
        properties.putAll(kafka);
        properties.putAll(Map.of(
                ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed",
                ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest",
                ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, "false",
                ConsumerConfig.MAX_POLL_RECORDS_CONFIG, "5000"));
        this.consumer = new KafkaConsumer<>(properties, new ByteArrayDeserializer(), new ByteArrayDeserializer());
        this.topics = topics;
        this.view = view;
    }

    @Override
    public void run() {
        try (consumer) {
            List<TopicPartition> partitions = partitions();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            while (!closed) {
                consumer.poll(POLL).forEach(this::take);
                positions = partitions.stream().collect(Collectors.toMap(p -> p, consumer::position));
            }
        } catch (WakeupException e) {
            if (!closed) {
                throw e;
            }
        }
    }

    /** Whether everything before these offsets, of the topics that it follows, has been taken into the view. */
    boolean hasReached(Map<TopicPartition, Long> offsets) {
        Map<TopicPartition, Long> reached = new HashMap<>(positions);
        return offsets.entrySet().stream()
                .filter(end -> followed().contains(end.getKey().topic()))
                .allMatch(end -> reached.getOrDefault(end.getKey(), 0L) >= end.getValue());
    }

    @Override
    public void close() {
        closed = true;
        consumer.wakeup();
    }

    private List<String> followed() {
        return List.of(topics.readings(), topics.forecasts(), topics.accuracy(), topics.deadLetters());
    }

    private List<TopicPartition> partitions() {
        return followed().stream()
                .flatMap(topic -> consumer.partitionsFor(topic).stream())
                .map(info -> new TopicPartition(info.topic(), info.partition()))
                .toList();
    }

    private void take(ConsumerRecord<byte[], byte[]> record) {
        String topic = record.topic();
        if (topic.equals(topics.readings())) {
            view.takeReading(record.key(), record.value());
        } else if (topic.equals(topics.forecasts())) {
            view.takeForecast(record.value());
        } else if (topic.equals(topics.accuracy())) {
            view.takeAccuracy(record.value());
        } else {
            view.takeDeadLetter();
        }
    }
}
