package io.loadcast.models;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.loadcast.domain.EpochHour;
import io.loadcast.forecasting.PromotionRule;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndTimestamp;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.jspecify.annotations.Nullable;

/** The newest hours of the accuracy topic, read as any subscriber would: committed records only. */
public final class AccuracyTopic {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration POLL = Duration.ofMillis(200);

    /** Offsets in which there is a score of the newest hour; the ends of transactions are among them, with times of their own. */
    private static final long TAIL = 5000;

    private AccuracyTopic() {}

    /**
     * Compares challengers with the champion over the newest hours.
     *
     * @param kafka Kafka client properties, {@code bootstrap.servers} at least
     * @return the challengers, the best first; none if none was scored
     * @throws ModelCatalogException if the topic cannot be read
     */
    public static List<ChallengerComparison.Row> compare(Map<?, ?> kafka, String topic, PromotionRule rule) {
        Map<String, Object> properties = new HashMap<>();
        properties.put(ConsumerConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, "15000");
        properties.put(ConsumerConfig.REQUEST_TIMEOUT_MS_CONFIG, "10000");
        kafka.forEach((key, value) -> properties.put(String.valueOf(key), value));
        properties.remove(ConsumerConfig.GROUP_ID_CONFIG);
        Map<String, Object> reading = new HashMap<>(properties);
        reading.putAll(Map.of(
                ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed",
                ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest",
                ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, "false",
                ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, "false"));
        try (Consumer<byte[], byte[]> consumer =
                new KafkaConsumer<>(reading, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            ChallengerComparison comparison = new ChallengerComparison(rule);
            read(consumer, topic, rule, comparison);
            return comparison.rows();
        } catch (KafkaException e) {
            String servers = String.valueOf(properties.get(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG));
            throw ModelTopicReader.unavailable("read topic " + topic, servers, e);
        }
    }

    private static void read(
            Consumer<byte[], byte[]> consumer, String topic, PromotionRule rule, ChallengerComparison comparison) {
        List<PartitionInfo> found = consumer.partitionsFor(topic);
        if (found == null || found.isEmpty()) {
            throw new ModelCatalogException("topic " + topic + " does not exist; 'loadcast serve' creates it");
        }
        List<TopicPartition> partitions = found.stream()
                .map(info -> new TopicPartition(topic, info.partition()))
                .toList();
        consumer.assign(partitions);
        Map<TopicPartition, Long> begins = consumer.beginningOffsets(partitions);
        Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
        for (TopicPartition partition : partitions) {
            consumer.seek(partition, Math.max(at(begins, partition), at(ends, partition) - TAIL));
        }
        AtomicLong newest = new AtomicLong();
        readTo(ends, consumer, record -> newest.accumulateAndGet(record.timestamp(), Math::max));
        long first = Math.max(0, newest.get() - Duration.ofHours(rule.hours()).toMillis());
        Map<TopicPartition, OffsetAndTimestamp> starts = consumer.offsetsForTimes(
                partitions.stream().collect(Collectors.toMap(partition -> partition, partition -> first)));
        for (TopicPartition partition : partitions) {
            OffsetAndTimestamp start = starts.get(partition);
            consumer.seek(partition, start == null ? at(ends, partition) : start.offset());
        }
        readTo(ends, consumer, record -> {
            ChallengerComparison.Score score = score(record.value());
            if (score != null && record.timestamp() >= first) {
                comparison.take(score);
            }
        });
    }

    private static long at(Map<TopicPartition, Long> offsets, TopicPartition partition) {
        return Objects.requireNonNull(offsets.get(partition));
    }

    private static void readTo(
            Map<TopicPartition, Long> ends,
            Consumer<byte[], byte[]> consumer,
            java.util.function.Consumer<ConsumerRecord<byte[], byte[]>> action) {
        while (ends.keySet().stream().anyMatch(partition -> consumer.position(partition) < at(ends, partition))) {
            consumer.poll(POLL).forEach(action);
        }
    }

    /** Null if it is none, or from before scores named their model's role. */
    private static ChallengerComparison.@Nullable Score score(byte @Nullable [] value) {
        if (value == null) {
            return null;
        }
        try {
            JsonNode json = JSON.readTree(value);
            return new ChallengerComparison.Score(
                    json.required("region").asText(),
                    EpochHour.containing(
                            Instant.parse(json.required("valid_time").asText())),
                    json.required("lead_hours").asInt(),
                    json.required("revision").asInt(),
                    json.required("role").asText().equals("challenger"),
                    json.required("model").asText() + "@"
                            + json.required("model_version").asText(),
                    json.required("model_sha256").asText(),
                    json.required("smape_pct").asDouble());
        } catch (IOException | IllegalArgumentException | DateTimeException e) {
            return null;
        }
    }
}
