package io.loadcast.models;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.function.Function;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InvalidProducerEpochException;
import org.apache.kafka.common.errors.ProducerFencedException;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * Changes the catalogue in the models topic, one transaction at a time, made from what the topic says then. All writers have one
 * transactional id: one that comes later fences the one before, which fails and has changed nothing. So changes never mix.
 */
public final class ModelTopicWriter {
    /** A file, and the frame of its record. */
    private static final String LARGEST_REQUEST = Integer.toString(17 << 20);

    private ModelTopicWriter() {}

    /**
     * Makes a change.
     *
     * @param kafka Kafka client properties, {@code bootstrap.servers} at least
     * @param change what to write, as seen from the catalogue; nothing is written if it throws
     * @return the catalogue with the change in it
     * @throws ModelCatalogException if no broker answers, the topic does not exist, or another change came in between
     */
    public static ModelCatalog change(Map<?, ?> kafka, String topic, Function<ModelCatalog, List<ModelRecord>> change) {
        return change(kafka, topic, change, List.of());
    }

    /**
     * Makes a change, and tells others of it in the same transaction.
     *
     * @param told records of other topics
     * @throws ModelCatalogException as {@link #change(Map, String, Function)} does
     */
    static ModelCatalog change(
            Map<?, ?> kafka,
            String topic,
            Function<ModelCatalog, List<ModelRecord>> change,
            List<ProducerRecord<byte[], byte[]>> told) {
        String servers = String.valueOf(kafka.get(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG));
        try (ModelTopicReader reader = ModelTopicReader.connect(kafka, topic);
                Producer<byte[], byte[]> producer = new KafkaProducer<>(
                        properties(kafka, topic), new ByteArraySerializer(), new ByteArraySerializer())) {
            producer.initTransactions(); // ends that of a writer before
            reader.readToEnd();
            List<ModelRecord> records = change.apply(reader.catalog());
            producer.beginTransaction();
            long last = -1;
            for (ModelRecord record : records) {
                last = send(
                        producer, new ProducerRecord<>(topic, 0, record.key().getBytes(UTF_8), record.value()));
            }
            for (ProducerRecord<byte[], byte[]> record : told) {
                send(producer, record);
            }
            producer.commitTransaction();
            reader.readPast(last);
            return reader.catalog();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ModelCatalogException("interrupted while topic " + topic + " was changed", e);
        } catch (ExecutionException | KafkaException e) {
            throw failed(topic, servers, e);
        }
    }

    /** The client says that another writer came later in several ways, and wraps most of them. */
    static ModelCatalogException failed(String topic, String servers, Exception e) {
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            if (cause instanceof ProducerFencedException || cause instanceof InvalidProducerEpochException) {
                return new ModelCatalogException(
                        "another change of the models was made at the same time; nothing was changed here, run it again",
                        e);
            }
        }
        Exception reason = e instanceof ExecutionException && e.getCause() instanceof Exception cause ? cause : e;
        return ModelTopicReader.unavailable("change topic " + topic, servers, reason);
    }

    /** Where it lies then. */
    private static long send(Producer<byte[], byte[]> producer, ProducerRecord<byte[], byte[]> record)
            throws ExecutionException, InterruptedException {
        return producer.send(record).get().offset();
    }

    private static Map<String, Object> properties(Map<?, ?> kafka, String topic) {
        Map<String, Object> properties = new HashMap<>();
        properties.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, "15000");
        kafka.forEach((key, value) -> properties.put(String.valueOf(key), value));
        properties.put(ProducerConfig.TRANSACTIONAL_ID_CONFIG, "loadcast-models-" + topic);
        properties.put(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, LARGEST_REQUEST);
        return properties;
    }
}
