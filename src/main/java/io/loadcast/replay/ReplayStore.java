package io.loadcast.replay;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

/** The plans of replays, by application id, on a compacted topic of the cluster: whoever goes on with one finds it. For one thread. */
final class ReplayStore {
    static final String TOPIC = "loadcast.replays.v1";

    /** In place of a plan, while what it has left is deleted. */
    private static final byte[] BEING_FORGOTTEN = "{\"being_forgotten\":true}".getBytes(UTF_8);

    private static final JsonMapper JSON = new JsonMapper();

    private final Map<String, String> kafka;

    /** Makes the topic if it is not there. */
    ReplayStore(Map<String, String> kafka, ReplayCluster cluster) {
        this.kafka = kafka;
        cluster.createIfMissing(
                TOPIC, 1, Map.of(TopicConfig.CLEANUP_POLICY_CONFIG, TopicConfig.CLEANUP_POLICY_COMPACT));
    }

    /**
     * @throws ReplayException if it is being forgotten, or of another version
     */
    Optional<ReplayPlan> find(String applicationId) {
        AtomicReference<byte @Nullable []> newest = new AtomicReference<>();
        try (TopicReader reader = new TopicReader(kafka, TOPIC)) {
            reader.readTo(reader.ends(), record -> {
                if (record.key() != null && applicationId.equals(new String(record.key(), UTF_8))) {
                    newest.set(record.value());
                }
            });
        }
        byte[] value = newest.get();
        if (value == null) {
            return Optional.empty();
        }
        if (Arrays.equals(value, BEING_FORGOTTEN)) {
            throw new ReplayException("a --restart of " + applicationId
                    + " was cut off before all of the earlier replay was deleted; give --restart again");
        }
        try {
            return Optional.of(JSON.readValue(value, ReplayPlan.class));
        } catch (IOException e) {
            throw new ReplayException(
                    "the plan of " + applicationId + " on topic " + TOPIC + " is not of this version; give --restart",
                    e);
        }
    }

    void put(String applicationId, ReplayPlan plan) {
        try {
            send(applicationId, JSON.writeValueAsBytes(plan));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("texts and numbers can be written", e);
        }
    }

    /** From now on there is no plan to go on with, although not all is deleted yet. */
    void beginForgetting(String applicationId) {
        send(applicationId, BEING_FORGOTTEN);
    }

    void delete(String applicationId) {
        send(applicationId, null);
    }

    private void send(String applicationId, byte @Nullable [] value) {
        Map<String, Object> settings = new HashMap<>(kafka);
        settings.put("acks", "all");
        try (Producer<byte[], byte[]> producer =
                new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer())) {
            producer.send(new ProducerRecord<>(TOPIC, applicationId.getBytes(UTF_8), value))
                    .get();
        } catch (ExecutionException e) {
            throw new ReplayException("the plan cannot be written to " + TOPIC + ": " + e.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ReplayException("interrupted", e);
        }
    }
}
