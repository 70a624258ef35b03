package io.loadcast.replay;

import io.loadcast.domain.Patience;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * One topic as a subscriber sees it that must see nothing but committed records, from its beginning. For one thread. Whoever made it
 * closes it.
 */
final class TopicReader implements AutoCloseable {
    private static final Duration POLL = Duration.ofMillis(200);

    private final KafkaConsumer<byte[], byte[]> consumer;
    private final String topic;
    private final List<TopicPartition> partitions;

    /** @throws ReplayException if the topic does not exist or the cluster does not answer */
    TopicReader(Map<String, String> kafka, String topic) {
        this.topic = topic;
        Properties properties = new Properties();
        properties.putAll(kafka);
        properties.putAll(Map.of(
                ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed",
                ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, "false",
                ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, "false",
                ConsumerConfig.FETCH_MAX_BYTES_CONFIG, "16777216",
                ConsumerConfig.MAX_POLL_RECORDS_CONFIG, "10000"));
        properties.remove(ConsumerConfig.GROUP_ID_CONFIG);
        properties.putIfAbsent(ConsumerConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, "15000");
        try {
            this.consumer = new KafkaConsumer<>(properties, new ByteArrayDeserializer(), new ByteArrayDeserializer());
        } catch (KafkaException e) {
            Throwable reason = e.getCause() == null ? e : e.getCause();
            throw new ReplayException("cannot connect to Kafka: " + reason.getMessage(), e);
        }
        try {
            List<PartitionInfo> infos = consumer.partitionsFor(topic);
            if (infos.isEmpty()) {
                throw new ReplayException(
                        "topic " + topic + " does not exist; name another, or look at 'topics describe'");
            }
            this.partitions = infos.stream()
                    .map(info -> new TopicPartition(topic, info.partition()))
                    .toList();
            consumer.assign(partitions);
        } catch (TimeoutException e) {
            consumer.close();
            throw new ReplayException(
                    "no Kafka broker answered at " + kafka.get(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG)
                            + "; start one, or correct --bootstrap-servers",
                    e);
        } catch (KafkaException e) {
            consumer.close();
            throw new ReplayException("topic " + topic + " cannot be read: " + e.getMessage(), e);
        } catch (ReplayException e) {
            consumer.close();
            throw e;
        }
    }

    /** By partition, the offset of the oldest record that may still be there. */
    Map<Integer, Long> beginnings() {
        return byNumber(consumer.beginningOffsets(partitions));
    }

    /** By partition, where committed records end now. */
    Map<Integer, Long> ends() {
        return byNumber(consumer.endOffsets(partitions));
    }

    private static Map<Integer, Long> byNumber(Map<TopicPartition, Long> offsets) {
        Map<Integer, Long> byNumber = new HashMap<>();
        offsets.forEach((partition, offset) -> byNumber.put(partition.partition(), offset));
        return byNumber;
    }

    /** How many partitions the topic has. */
    int partitions() {
        return partitions.size();
    }

    /** Reads all records from the oldest; see {@link #read}. */
    void readTo(Map<Integer, Long> ends, Consumer<ConsumerRecord<byte[], byte[]>> action) {
        read(Map.of(), ends, action);
    }

    /**
     * Reads all records between these offsets; of each partition in their order.
     *
     * @param begins by partition; one that is not named is read from its oldest record
     * @param ends by partition; of one that is not named nothing is read
     * @throws ReplayException if nothing comes for a minute
     */
    void read(Map<Integer, Long> begins, Map<Integer, Long> ends, Consumer<ConsumerRecord<byte[], byte[]>> action) {
        read(begins, ends, action, () -> false);
    }

    private void read(
            Map<Integer, Long> begins,
            Map<Integer, Long> ends,
            Consumer<ConsumerRecord<byte[], byte[]>> action,
            BooleanSupplier enough) {
        List<TopicPartition> wanted = partitions.stream()
                .filter(partition -> ends.containsKey(partition.partition()))
                .toList();
        consumer.assign(wanted);
        consumer.seekToBeginning(wanted);
        for (TopicPartition partition : wanted) {
            Long begin = begins.get(partition.partition());
            if (begin != null && begin > consumer.position(partition)) {
                consumer.seek(partition, begin);
            }
        }
        Patience patience = new Patience();
        while (!enough.getAsBoolean()
                && wanted.stream().anyMatch(partition -> consumer.position(partition) < end(ends, partition))) {
            ConsumerRecords<byte[], byte[]> records = consumer.poll(POLL);
            for (ConsumerRecord<byte[], byte[]> record : records) {
                if (record.offset() < end(ends, new TopicPartition(topic, record.partition()))) {
                    action.accept(record);
                }
            }
            if (patience.isOverAfter(!records.isEmpty())) {
                throw new ReplayException("topic " + topic + " gave no record for " + Patience.LIMIT.toSeconds()
                        + " s; see to the brokers, and start again");
            }
        }
    }

    /**
     * Whether any of these partitions holds a committed record.
     *
     * @throws ReplayException if nothing comes for a minute
     */
    boolean hasRecord(Set<Integer> numbers) {
        Map<Integer, Long> wanted = ends();
        wanted.keySet().retainAll(numbers);
        AtomicBoolean found = new AtomicBoolean();
        read(Map.of(), wanted, record -> found.set(true), found::get);
        return found.get();
    }

    private static long end(Map<Integer, Long> ends, TopicPartition partition) {
        return Objects.requireNonNull(ends.get(partition.partition()));
    }

    @Override
    public void close() {
        consumer.close();
    }
}
