package io.loadcast.models;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.loadcast.domain.Patience;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads the models topic from its beginning into a {@link ModelCatalog}, whole transactions at a time. Of files it keeps where they lie,
 * and reads them again when they are wanted. For one thread, but {@link #wakeUp}; whoever made it closes it.
 */
public final class ModelTopicReader implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ModelTopicReader.class);
    private static final Duration POLL = Duration.ofMillis(100);
    private static final Duration NEW_TOPIC = Duration.ofSeconds(5);
    private static final Duration VISIBLE = Duration.ofSeconds(30);
    private static final Duration LOOK = Duration.ofMillis(50);
    private static final Duration FILE_TIMEOUT = Duration.ofSeconds(60);

    private final Consumer<byte[], byte[]> consumer;
    private final TopicPartition partition;
    private final ModelCatalog catalog = new ModelCatalog();
    private long records;

    private ModelTopicReader(Consumer<byte[], byte[]> consumer, TopicPartition partition) {
        this.consumer = consumer;
        this.partition = partition;
    }

    /**
     * Connects to the topic.
     *
     * @param kafka Kafka client properties, {@code bootstrap.servers} at least
     * @throws ModelCatalogException if no broker answers, the topic does not exist, or it has not one partition
     */
    public static ModelTopicReader connect(Map<?, ?> kafka, String topic) {
        Map<String, Object> properties = new HashMap<>();
        kafka.forEach((key, value) -> properties.put(String.valueOf(key), value));
        String servers = String.valueOf(properties.get(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG));
        properties.putAll(Map.of(
                ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed",
                ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest",
                ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, "false",
                ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, "false",
                // Files are large: one or two at a time.
                ConsumerConfig.FETCH_MAX_BYTES_CONFIG, "4194304"));
        properties.remove(ConsumerConfig.GROUP_ID_CONFIG);
        properties.putIfAbsent(ConsumerConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, "15000");
        Consumer<byte[], byte[]> consumer = null;
        try {
            consumer = new KafkaConsumer<>(properties, new ByteArrayDeserializer(), new ByteArrayDeserializer());
            int partitions = partitions(consumer, topic);
            if (partitions != 1) {
                throw new ModelCatalogException(
                        partitions == 0
                                ? "topic " + topic + " does not exist at " + servers
                                        + "; 'loadcast topics create' or 'loadcast serve' creates it"
                                : "topic " + topic + " has " + partitions
                                        + " partitions; its records have an order only in one. Delete it, and have"
                                        + " 'loadcast topics create' create it");
            }
            TopicPartition partition = new TopicPartition(topic, 0);
            consumer.assign(List.of(partition));
            consumer.seekToBeginning(List.of(partition));
            return new ModelTopicReader(consumer, partition);
        } catch (KafkaException | ModelCatalogException e) {
            if (consumer != null) {
                consumer.close();
            }
            throw e instanceof ModelCatalogException told ? told : unavailable("read topic " + topic, servers, e);
        }
    }

    /** 0 if the topic does not exist: not even after a while, as the broker that is asked may not have heard of a new one yet. */
    private static int partitions(Consumer<byte[], byte[]> consumer, String topic) {
        long deadline = System.nanoTime() + NEW_TOPIC.toNanos();
        while (true) {
            List<PartitionInfo> partitions = consumer.partitionsFor(topic);
            if (partitions != null && !partitions.isEmpty()) {
                return partitions.size();
            }
            if (System.nanoTime() > deadline) {
                return 0;
            }
            LockSupport.parkNanos(LOOK.toNanos());
        }
    }

    static ModelCatalogException unavailable(String what, String servers, Exception e) {
        if (e instanceof TimeoutException) {
            return new ModelCatalogException(
                    "no Kafka broker answered at " + servers + " in time; start one, or correct --bootstrap-servers",
                    e);
        }
        Throwable root = e;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return new ModelCatalogException("cannot " + what + " at " + servers + ": " + root.getMessage(), e);
    }

    /** What the topic says, as far as it was read. */
    public ModelCatalog catalog() {
        return catalog;
    }

    /**
     * Reads on until the end of the last committed transaction, so that no transaction is read in part.
     *
     * @throws KafkaException if the cluster does not answer; what was read is kept, and the next call goes on there
     */
    public void readToEnd() {
        for (long end = end(); consumer.position(partition) < end; end = end()) {
            Patience patience = new Patience();
            while (consumer.position(partition) < end) {
                ConsumerRecords<byte[], byte[]> polled = consumer.poll(POLL);
                take(polled);
                requirePatience(patience, polled);
            }
        }
    }

    /** @throws TimeoutException if nothing came for a minute */
    static void requirePatience(Patience patience, ConsumerRecords<?, ?> polled) {
        if (patience.isOverAfter(!polled.isEmpty())) {
            throw new TimeoutException("no record came for " + Patience.LIMIT.toSeconds() + " s");
        }
    }

    /**
     * Reads on until past an offset of a transaction that was committed: the brokers make it visible a little later.
     *
     * @throws TimeoutException if they do not
     * @throws KafkaException as {@link #readToEnd} does
     */
    void readPast(long offset) {
        long deadline = System.nanoTime() + VISIBLE.toNanos();
        for (readToEnd(); consumer.position(partition) <= offset; readToEnd()) {
            if (System.nanoTime() > deadline) {
                throw new TimeoutException("the change was committed, and cannot be read");
            }
            take(consumer.poll(POLL));
        }
    }

    /**
     * Waits for something new; it may be a part of a transaction, until {@link #readToEnd}.
     *
     * @throws KafkaException if the cluster refuses
     * @throws WakeupException after {@link #wakeUp}
     */
    void await(Duration longest) {
        take(consumer.poll(longest));
    }

    /** How many records were read. */
    long records() {
        return records;
    }

    /** A reader of committed records ends before the first open transaction. */
    private long end() {
        return Objects.requireNonNull(consumer.endOffsets(List.of(partition)).get(partition));
    }

    private void take(ConsumerRecords<byte[], byte[]> polled) {
        for (ConsumerRecord<byte[], byte[]> record : polled) {
            records++;
            String key = record.key() == null ? "" : new String(record.key(), UTF_8);
            try {
                catalog.take(key, record.value(), record.offset());
            } catch (IllegalArgumentException e) {
                LOG.warn(
                        "record {} of topic {} with key '{}' is not valid: {}; what was said before holds",
                        record.offset(),
                        partition.topic(),
                        key,
                        e.getMessage());
            }
        }
    }

    /**
     * Reads a model's file once more.
     *
     * @return empty if it does not lie in the topic, or has just been deleted
     * @throws KafkaException if the cluster does not answer
     */
    Optional<byte[]> file(String sha256) {
        Optional<Long> offset = catalog.fileOffset(sha256);
        if (offset.isEmpty()) {
            return Optional.empty();
        }
        long position = consumer.position(partition);
        consumer.seek(partition, offset.get());
        try {
            long deadline = System.nanoTime() + FILE_TIMEOUT.toNanos();
            while (System.nanoTime() < deadline) {
                for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
                    return record.offset() == offset.get() ? Optional.ofNullable(record.value()) : Optional.empty();
                }
            }
            throw new TimeoutException("file " + sha256 + " could not be read from topic " + partition.topic()
                    + " within " + FILE_TIMEOUT.toSeconds() + " s");
        } finally {
            consumer.seek(partition, position);
        }
    }

    /** Makes a call that waits end with a {@link WakeupException}. From any thread. */
    void wakeUp() {
        consumer.wakeup();
    }

    @Override
    public void close() {
        consumer.close();
    }
}
