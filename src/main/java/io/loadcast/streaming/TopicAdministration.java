package io.loadcast.streaming;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.ListConsumerGroupOffsetsOptions;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/**
 * Creates loadcast's topics and says how they stand. Existing topics are left as they are. Thread-safe; whoever connected closes
 * it.
 */
public final class TopicAdministration implements AutoCloseable {
    private static final String TIMEOUT_MILLIS = "15000";
    private static final Duration SEEN_WITHIN = Duration.ofSeconds(15);
    private static final long SEEN_LOOK_NANOS = 20_000_000;

    /** Room for the largest record that a topic takes by default, and the headers of its dead letter. */
    private static final String DEAD_LETTER_BYTES = "1572864";

    /** A model file is one record; {@code loadcast models publish} takes one that is a little smaller. */
    private static final String MODEL_BYTES = "16777216";

    // Records carry valid times, which may be decades old: retention by time would delete history as it is replayed.
    private static final Map<String, String> KEEP_FOREVER = Map.of(
            TopicConfig.RETENTION_MS_CONFIG,
            "-1",
            TopicConfig.CLEANUP_POLICY_CONFIG,
            TopicConfig.CLEANUP_POLICY_DELETE,
            TopicConfig.MESSAGE_TIMESTAMP_TYPE_CONFIG,
            "CreateTime");

    private final Admin admin;
    private final String servers;
    private final Duration timeout;

    private TopicAdministration(Admin admin, String servers, Duration timeout) {
        this.admin = admin;
        this.servers = servers;
        this.timeout = timeout;
    }

    /**
     * Makes a client that gives up after 15 seconds, or after {@code default.api.timeout.ms}.
     *
     * @param kafka Kafka client properties, {@code bootstrap.servers} at least
     * @throws KafkaUnavailableException if the properties make no client
     */
    public static TopicAdministration connect(Map<?, ?> kafka) {
        Properties properties = new Properties();
        properties.putAll(kafka);
        properties.putIfAbsent(AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, TIMEOUT_MILLIS);
        properties.putIfAbsent(AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, "5000");
        String servers = String.valueOf(kafka.get(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG));
        try {
            return new TopicAdministration(Admin.create(properties), servers, timeoutOf(properties));
        } catch (KafkaException e) {
            Throwable reason = e.getCause() == null ? e : e.getCause();
            throw new KafkaUnavailableException(
                    "cannot connect to Kafka at " + servers + ": " + reason.getMessage(), reason);
        }
    }

    private static Duration timeoutOf(Properties properties) {
        Object millis = properties.get(AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG);
        return Duration.ofMillis(Long.parseLong(String.valueOf(millis).strip()));
    }

    /**
     * Creates those topics that do not exist.
     *
     * @param partitions of each topic but that of the models, which has one; of the readings topic it bounds how many tasks can share the work
     * @param replicationFactor empty for the broker's default
     * @return the names of those created, in the order of {@link Topics#names}
     * @throws KafkaUnavailableException if the cluster does not answer or refuses
     */
    public List<String> createMissing(Topics topics, int partitions, Optional<Short> replicationFactor) {
        List<String> created = new ArrayList<>();
        for (String name : topics.names()) {
            boolean ofModels = name.equals(topics.models());
            NewTopic topic = new NewTopic(name, Optional.of(ofModels ? 1 : partitions), replicationFactor);
            topic.configs(
                    ofModels ? modelConfig() : name.equals(topics.deadLetters()) ? deadLetterConfig() : KEEP_FOREVER);
            try {
                await("create topic " + name, admin.createTopics(Set.of(topic)).all());
                created.add(name);
            } catch (TopicExistsException e) {
                continue;
            }
        }
        if (!created.isEmpty()) {
            awaitSeen(topics);
        }
        return created;
    }

    /** A broker may not have heard yet of what the controller has created, and would say that it does not exist. */
    private void awaitSeen(Topics topics) {
        long deadline = System.nanoTime() + SEEN_WITHIN.toNanos();
        while (describe(topics).containsValue(Optional.<TopicShape>empty())) {
            if (System.nanoTime() > deadline) {
                throw new KafkaUnavailableException(
                        "topics were created, and " + SEEN_WITHIN.toSeconds()
                                + " s later not all brokers know of them; look after the cluster, and start again",
                        null);
            }
            LockSupport.parkNanos(SEEN_LOOK_NANOS);
        }
    }

    /**
     * How the topics stand.
     *
     * @return by name, in the order of {@link Topics#names}; empty where a topic does not exist
     * @throws KafkaUnavailableException if the cluster does not answer or refuses
     */
    public Map<String, Optional<TopicShape>> describe(Topics topics) {
        Map<String, KafkaFuture<TopicDescription>> answers =
                admin.describeTopics(topics.names()).topicNameValues();
        Map<String, Optional<TopicShape>> shapes = new LinkedHashMap<>();
        for (String name : topics.names()) {
            shapes.put(name, shape(name, Objects.requireNonNull(answers.get(name))));
        }
        return shapes;
    }

    private Optional<TopicShape> shape(String name, KafkaFuture<TopicDescription> answer) {
        try {
            TopicDescription topic = await("describe topic " + name, answer);
            int replicas = topic.partitions().get(0).replicas().size();
            return Optional.of(new TopicShape(topic.partitions().size(), replicas));
        } catch (UnknownTopicOrPartitionException e) {
            return Optional.empty();
        }
    }

    /**
     * The ids of topics, by name; without those that do not exist.
     *
     * @throws KafkaUnavailableException if the cluster does not answer or refuses
     */
    Map<String, Uuid> ids(List<String> names) {
        Map<String, KafkaFuture<TopicDescription>> answers =
                admin.describeTopics(names).topicNameValues();
        Map<String, Uuid> ids = new HashMap<>();
        for (String name : names) {
            try {
                ids.put(
                        name,
                        await("describe topic " + name, Objects.requireNonNull(answers.get(name)))
                                .topicId());
            } catch (UnknownTopicOrPartitionException e) {
                continue;
            }
        }
        return ids;
    }

    /**
     * Whether an application of Kafka Streams has committed an offset of the partition: with its notes beside it, which an offset that
     * was set by hand has not.
     *
     * @throws KafkaUnavailableException if the cluster does not answer or refuses
     */
    boolean hasCommittedItself(String applicationId, TopicPartition partition) {
        ListConsumerGroupOffsetsOptions stable = new ListConsumerGroupOffsetsOptions().requireStable(true);
        Map<TopicPartition, OffsetAndMetadata> offsets = await(
                "read the offsets of application " + applicationId,
                admin.listConsumerGroupOffsets(applicationId, stable).partitionsToOffsetAndMetadata());
        OffsetAndMetadata committed = offsets.get(partition);
        return committed != null && !committed.metadata().isEmpty();
    }

    /**
     * How the partitions of these topics end; without topics that do not exist.
     *
     * @throws KafkaUnavailableException if the cluster does not answer or refuses
     */
    public Map<TopicPartition, OpenEnd> openEnds(Topics topics) {
        Map<TopicPartition, OffsetSpec> partitions = new HashMap<>();
        describe(topics).forEach((name, shape) -> {
            for (int partition = 0;
                    partition < shape.map(TopicShape::partitions).orElse(0);
                    partition++) {
                partitions.put(new TopicPartition(name, partition), OffsetSpec.latest());
            }
        });
        // The stable ones first: the difference is never too small because something was committed between the two.
        Map<TopicPartition, ListOffsetsResultInfo> stable = offsets(partitions, IsolationLevel.READ_COMMITTED);
        Map<TopicPartition, ListOffsetsResultInfo> ends = offsets(partitions, IsolationLevel.READ_UNCOMMITTED);
        Map<TopicPartition, OpenEnd> open = new HashMap<>();
        stable.forEach((partition, offset) -> open.put(
                partition,
                new OpenEnd(
                        offset.offset(),
                        Objects.requireNonNull(ends.get(partition)).offset())));
        return open;
    }

    private Map<TopicPartition, ListOffsetsResultInfo> offsets(
            Map<TopicPartition, OffsetSpec> partitions, IsolationLevel level) {
        return await(
                "read the ends of the topics",
                admin.listOffsets(partitions, new ListOffsetsOptions(level)).all());
    }

    private <T> T await(String what, KafkaFuture<T> answer) {
        try {
            return answer.get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof TopicExistsException exists) {
                throw exists;
            }
            if (e.getCause() instanceof UnknownTopicOrPartitionException unknown) {
                throw unknown;
            }
            Throwable reason = e.getCause() == null ? e : e.getCause();
            throw new KafkaUnavailableException(explain(what, reason), reason);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new KafkaUnavailableException("interrupted while trying to " + what, e);
        }
    }

    private String explain(String what, Throwable reason) {
        if (reason instanceof TimeoutException) {
            return "no Kafka broker answered at " + servers + " within " + timeout.toSeconds()
                    + " s; start one, or correct --bootstrap-servers";
        }
        return "cannot " + what + " at " + servers + ": " + reason.getMessage();
    }

    private static Map<String, String> deadLetterConfig() {
        Map<String, String> config = new TreeMap<>(KEEP_FOREVER);
        config.put(TopicConfig.MAX_MESSAGE_BYTES_CONFIG, DEAD_LETTER_BYTES);
        return config;
    }

    /** The newest record of a key stays, whatever its age. */
    private static Map<String, String> modelConfig() {
        return Map.of(
                TopicConfig.CLEANUP_POLICY_CONFIG,
                TopicConfig.CLEANUP_POLICY_COMPACT,
                TopicConfig.MAX_MESSAGE_BYTES_CONFIG,
                MODEL_BYTES,
                TopicConfig.SEGMENT_BYTES_CONFIG,
                "67108864"); // what is being written is not compacted
    }

    @Override
    public void close() {
        admin.close();
    }
}
