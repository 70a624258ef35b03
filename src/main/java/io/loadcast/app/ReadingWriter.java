package io.loadcast.app;

import io.loadcast.domain.Reading;
import io.loadcast.feed.ReadingRecords;
import io.loadcast.http.ReadingLog;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

/**
 * Writes posted readings to the readings topic, idempotently and acknowledged by all replicas in sync. It connects with the first
 * reading. Thread-safe; whoever made it closes it.
 */
final class ReadingWriter implements ReadingLog, AutoCloseable {
    private static final String SOURCE = "/loadcast/http";
    private static final int DELIVERY_MILLIS = 20_000;
    private static final int REQUEST_MILLIS = 10_000;
    private static final int BLOCK_MILLIS = 10_000;
    private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(2);

    private final Map<String, Object> settings = new HashMap<>();
    private final ReadingRecords records;
    private @Nullable Producer<byte[], byte[]> producer; // guarded by this
    private boolean closed; // guarded by this

    ReadingWriter(Properties kafka, String topic) {
        kafka.forEach((key, value) -> settings.put(String.valueOf(key), value));
        settings.putAll(Map.of(
                ProducerConfig.ACKS_CONFIG,
                "all",
                ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG,
                true,
                ProducerConfig.LINGER_MS_CONFIG,
                5,
                ProducerConfig.COMPRESSION_TYPE_CONFIG,
                "lz4",
                ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG,
                DELIVERY_MILLIS,
                ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG,
                REQUEST_MILLIS,
                ProducerConfig.MAX_BLOCK_MS_CONFIG,
                BLOCK_MILLIS));
        records = new ReadingRecords(topic, SOURCE);
    }

    @Override
    public CompletionStage<Void> append(List<Reading> readings) {
        List<ProducerRecord<byte[], byte[]>> sent = readings.stream()
                .flatMap(reading -> records.of(reading).stream())
                .toList();
        CompletableFuture<Void> all = new CompletableFuture<>();
        AtomicInteger missing = new AtomicInteger(sent.size());
        Producer<byte[], byte[]> open = producer();
        for (ProducerRecord<byte[], byte[]> record : sent) {
            if (all.isDone()) {
                break; // one has failed: the others would wait as long, one after the other
            }
            open.send(record, (metadata, failure) -> {
                if (failure != null) {
                    all.completeExceptionally(failure);
                } else if (missing.decrementAndGet() == 0) {
                    all.complete(null);
                }
            });
        }
        return all;
    }

    private synchronized Producer<byte[], byte[]> producer() {
        if (closed) {
            throw new IllegalStateException("the server is closing");
        }
        Producer<byte[], byte[]> open = producer;
        if (open == null) {
            open = new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer());
            producer = open;
        }
        return open;
    }

    /** Waits a little for what is on its way. */
    @Override
    public synchronized void close() {
        closed = true;
        if (producer != null) {
            producer.close(CLOSE_TIMEOUT);
        }
    }
}
