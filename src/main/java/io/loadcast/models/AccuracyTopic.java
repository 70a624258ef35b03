package io.loadcast.models;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.loadcast.domain.EpochHour;
import io.loadcast.domain.Patience;
import io.loadcast.forecasting.PromotionRule;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndTimestamp;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.jspecify.annotations.Nullable;

/**
 * The accuracy topic, read as any subscriber would: committed records only. Partition after partition: a region lies in one, so only that one's
 * scores are in memory at once. For one thread; whoever made it closes it.
 */
public final class AccuracyTopic implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration POLL = Duration.ofMillis(200);

    /** Offsets in which there is a score of the newest hour; the ends of transactions are among them, with times of their own. */
    private static final long TAIL = 5000;

    private final Consumer<byte[], byte[]> consumer;
    private final List<TopicPartition> partitions;

    private AccuracyTopic(Consumer<byte[], byte[]> consumer, List<TopicPartition> partitions) {
        this.consumer = consumer;
        this.partitions = partitions;
    }

    /**
     * Compares challengers with the champion of most regions over the newest hours.
     *
     * @param kafka Kafka client properties, {@code bootstrap.servers} at least
     * @return the challengers, the best first; none if none was scored
     * @throws ModelCatalogException if the topic cannot be read
     */
    public static List<ChallengerComparison.Row> compare(Map<?, ?> kafka, String topic, PromotionRule rule) {
        try (AccuracyTopic scores = connect(kafka, topic)) {
            return scores.compareNewest(rule);
        } catch (KafkaException e) {
            String servers = String.valueOf(kafka.get(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG));
            throw ModelTopicReader.unavailable("read topic " + topic, servers, e);
        }
    }

    /**
     * Connects to the topic.
     *
     * @param kafka Kafka client properties, {@code bootstrap.servers} at least
     * @throws ModelCatalogException if it does not exist
     * @throws KafkaException if the cluster does not answer
     */
    static AccuracyTopic connect(Map<?, ?> kafka, String topic) {
        Map<String, Object> properties = new HashMap<>();
        properties.put(ConsumerConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, "15000");
        properties.put(ConsumerConfig.REQUEST_TIMEOUT_MS_CONFIG, "10000");
        kafka.forEach((key, value) -> properties.put(String.valueOf(key), value));
        properties.remove(ConsumerConfig.GROUP_ID_CONFIG);
        properties.putAll(Map.of(
                ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed",
                ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest",
                ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, "false",
                ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, "false"));
        Consumer<byte[], byte[]> consumer =
                new KafkaConsumer<>(properties, new ByteArrayDeserializer(), new ByteArrayDeserializer());
        try {
            List<PartitionInfo> found = consumer.partitionsFor(topic);
            if (found == null || found.isEmpty()) {
                throw new ModelCatalogException("topic " + topic + " does not exist; 'loadcast serve' creates it");
            }
            List<TopicPartition> partitions = found.stream()
                    .map(info -> new TopicPartition(topic, info.partition()))
                    .toList();
            consumer.assign(partitions);
            return new AccuracyTopic(consumer, partitions);
        } catch (KafkaException | ModelCatalogException e) {
            consumer.close();
            throw e;
        }
    }

    /**
     * Whether an hour, or one after it, was scored. Reads no scores.
     *
     * @throws KafkaException if the cluster does not answer, as all that follow
     */
    boolean hasReached(long hour) {
        return offsetsFor(hour).values().stream().anyMatch(Objects::nonNull);
    }

    private Map<TopicPartition, OffsetAndTimestamp> offsetsFor(long hour) {
        long millis = Math.max(0, EpochHour.start(hour).toEpochMilli());
        return consumer.offsetsForTimes(
                partitions.stream().collect(Collectors.toMap(Function.identity(), partition -> millis)));
    }

    /** The newest hour that was scored, by partition; without those in which none was. */
    Map<TopicPartition, Long> newestHours() {
        Map<TopicPartition, Long> newest = new HashMap<>();
        readTails(record -> newest.merge(
                new TopicPartition(record.topic(), record.partition()), EpochHour.containing(time(record)), Math::max));
        return newest;
    }

    private static Instant time(ConsumerRecord<byte[], byte[]> record) {
        return Instant.ofEpochMilli(record.timestamp());
    }

    private List<ChallengerComparison.Row> compareNewest(PromotionRule rule) {
        TreeMap<Long, Map<String, Integer>> champions = new TreeMap<>(); // by hour, with how many scores name each
        readTails(record -> {
            ChallengerComparison.Score score = score(record.value());
            if (score != null && !score.isChallenger()) {
                champions
                        .computeIfAbsent(score.validHour(), hour -> new TreeMap<>())
                        .merge(score.sha256(), 1, Integer::sum);
            }
        });
        if (champions.isEmpty()) {
            return List.of();
        }
        String champion = champions.lastEntry().getValue().entrySet().stream()
                .max(Map.Entry.comparingByValue())
                .map(Map.Entry::getKey)
                .orElseThrow();
        return compare(rule, champion, champions.lastKey());
    }

    private void readTails(java.util.function.Consumer<ConsumerRecord<byte[], byte[]>> action) {
        Map<TopicPartition, Long> begins = consumer.beginningOffsets(partitions);
        Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
        for (TopicPartition partition : partitions) {
            consumer.seek(partition, Math.max(at(begins, partition), at(ends, partition) - TAIL));
        }
        readTo(ends, action);
    }

    /**
     * Compares challengers with the champion.
     *
     * @param champion checksum of the model that is in force where a region has none of its own
     * @param newestHour the last hour that is looked at
     * @return the challengers, the best first
     */
    List<ChallengerComparison.Row> compare(PromotionRule rule, String champion, long newestHour) {
        ChallengerComparison comparison = new ChallengerComparison(rule, champion, newestHour);
        Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
        Map<TopicPartition, OffsetAndTimestamp> starts = offsetsFor(comparison.firstWantedHour());
        for (TopicPartition partition : partitions) {
            OffsetAndTimestamp start = starts.get(partition);
            if (start != null) {
                consumer.seek(partition, start.offset());
                readTo(Map.of(partition, at(ends, partition)), record -> take(record, comparison));
                comparison.completeRegions();
            }
        }
        return comparison.rows();
    }

    /** Only scores that are wanted are parsed: the time of a record is its valid time. */
    private static void take(ConsumerRecord<byte[], byte[]> record, ChallengerComparison comparison) {
        if (comparison.wants(EpochHour.containing(time(record)))) {
            ChallengerComparison.Score score = score(record.value());
            if (score != null) {
                comparison.take(score);
            }
        }
    }

    private static long at(Map<TopicPartition, Long> offsets, TopicPartition partition) {
        return Objects.requireNonNull(offsets.get(partition));
    }

    private void readTo(
            Map<TopicPartition, Long> ends, java.util.function.Consumer<ConsumerRecord<byte[], byte[]>> action) {
        Collection<TopicPartition> read = ends.keySet();
        consumer.pause(partitions); // and not unassigned: the client warns of offsets of others that it looks up
        consumer.resume(read);
        Patience patience = new Patience();
        while (read.stream().anyMatch(partition -> consumer.position(partition) < at(ends, partition))) {
            ConsumerRecords<byte[], byte[]> records = consumer.poll(POLL);
            records.forEach(action);
            ModelTopicReader.requirePatience(patience, records);
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

    @Override
    public void close() {
        consumer.close();
    }
}
