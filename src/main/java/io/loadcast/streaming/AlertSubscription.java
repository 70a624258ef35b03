package io.loadcast.streaming;

import io.loadcast.domain.Patience;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.jspecify.annotations.Nullable;

/**
 * Reads the alerts topic from its beginning, as a subscriber that must see each alert exactly once: committed records only. It commits
 * no offset and is in no group. For one thread, which closes it; any may {@link #stop} it.
 */
public final class AlertSubscription implements AutoCloseable {
    private static final String TIMEOUT_MILLIS = "15000";
    private static final Duration POLL = Duration.ofMillis(200);

    private final Consumer<byte[], byte[]> consumer;
    private final Map<TopicPartition, Long> ends;
    private volatile boolean stopped;
    private long unreadable;

    private AlertSubscription(Consumer<byte[], byte[]> consumer, Map<TopicPartition, Long> ends) {
        this.consumer = consumer;
        this.ends = ends;
    }

    /**
     * Opens it at the beginning of the topic.
     *
     * @param kafka Kafka client properties, {@code bootstrap.servers} at least
     * @throws KafkaUnavailableException if the cluster does not answer within 15 seconds, or has no such topic
     */
    public static AlertSubscription open(Map<String, String> kafka, String topic) {
        Properties properties = new Properties();
        properties.putAll(Map.of(
                ConsumerConfig.DEFAULT_API_TIMEOUT_MS_CONFIG,
                TIMEOUT_MILLIS,
                ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG,
                "false"));
        properties.putAll(kafka);
        properties.putAll(Map.of(
                ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed",
                ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest",
                ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, "false"));
        String servers = kafka.get(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG);
        Consumer<byte[], byte[]> consumer = null;
        try {
            consumer = new KafkaConsumer<>(properties, new ByteArrayDeserializer(), new ByteArrayDeserializer());
            List<TopicPartition> partitions = consumer.partitionsFor(topic).stream()
                    .map(info -> new TopicPartition(topic, info.partition()))
                    .toList();
            if (partitions.isEmpty()) {
                throw new KafkaUnavailableException(
                        "topic " + topic + " does not exist at " + servers + "; --topic names another", null);
            }
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            return new AlertSubscription(consumer, consumer.endOffsets(partitions));
        } catch (KafkaException e) {
            Throwable reason = e.getCause() == null ? e : e.getCause();
            close(consumer);
            throw new KafkaUnavailableException(
                    "cannot read alerts from Kafka at " + servers + ": " + reason.getMessage(), reason);
        } catch (KafkaUnavailableException e) {
            close(consumer);
            throw e;
        }
    }

    private static void close(@Nullable Consumer<byte[], byte[]> consumer) {
        if (consumer != null) {
            consumer.close();
        }
    }

    /** The next alerts; waits for some at most so long. None once it is stopped. */
    public List<AlertRecord> next(Duration atMost) {
        List<AlertRecord> alerts = new ArrayList<>();
        try {
            if (!stopped) {
                for (ConsumerRecord<byte[], byte[]> record : consumer.poll(atMost)) {
                    AlertRecord alert = AlertRecord.parse(record.value());
                    if (alert == null) {
                        unreadable++;
                    } else {
                        alerts.add(alert);
                    }
                }
            }
        } catch (WakeupException e) {
            stopped = true;
        }
        return alerts;
    }

    /** Whether all that was committed when it was opened has been read, or it is stopped. */
    private boolean hasCaughtUp() {
        try {
            return stopped
                    || ends.entrySet().stream().allMatch(end -> consumer.position(end.getKey()) >= end.getValue());
        } catch (WakeupException e) {
            return true;
        }
    }

    /**
     * All that was committed when it was opened, as far as it is not read yet; none of the rest once it is stopped.
     *
     * @throws KafkaUnavailableException if nothing comes for a minute
     */
    public List<AlertRecord> soFar() {
        List<AlertRecord> alerts = new ArrayList<>();
        Patience patience = new Patience();
        while (!stopped && !hasCaughtUp()) {
            long unreadableBefore = unreadable;
            List<AlertRecord> next = next(POLL);
            alerts.addAll(next);
            if (patience.isOverAfter(!next.isEmpty() || unreadable != unreadableBefore)) {
                throw new KafkaUnavailableException(
                        "no alert came for " + Patience.LIMIT.toSeconds()
                                + " s though there are more; see to the brokers",
                        null);
            }
        }
        return alerts;
    }

    public boolean isStopped() {
        return stopped;
    }

    /** How many records were no alerts. */
    public long unreadable() {
        return unreadable;
    }

    /** Makes {@link #next} return soon, and for good. */
    public void stop() {
        stopped = true;
        consumer.wakeup();
    }

    @Override
    public void close() {
        consumer.close();
    }
}
