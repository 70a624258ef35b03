package io.loadcast.faults;

import io.loadcast.domain.Reading;
import io.loadcast.reference.GeneratedRecord;
import io.loadcast.reference.ReadingGenerator;
import io.loadcast.reference.ReadingKind;
import io.loadcast.reference.ReferenceRegion;
import io.loadcast.reference.Rules;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Sends random records by a seed, once the reference has said what has to come of each. For one thread; whoever made it closes it. */
final class SoakFeed implements AutoCloseable {
    /** As many expected records may be on their way. */
    static final long MOST_OUTSTANDING = 3_000;

    /** Of records that are no readings, so that no broker finds them too young. */
    private static final long OLD_TIMESTAMP = 978_307_200_000L; // 2001-01-01

    private final String topic;
    private final SoakOutputs outputs;
    private final ReadingGenerator generator;
    private final Random pace;
    private final KafkaProducer<byte[], byte[]> producer;
    private final Map<ReadingKind, Integer> kinds = new EnumMap<>(ReadingKind.class);
    private final Map<String, Integer> outcomes = new TreeMap<>();
    private long records;

    SoakFeed(String bootstrapServers, String topic, long seed, SoakOutputs outputs) {
        this.topic = topic;
        this.outputs = outputs;
        this.generator = new ReadingGenerator(seed, Rules.DEFAULT);
        this.pace = new Random(seed + 1);
        this.producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", bootstrapServers, "linger.ms", "2"),
                new ByteArraySerializer(),
                new ByteArraySerializer());
    }

    /** Sends so many records as fast as they are worked on; now and then it waits until all has come out. */
    void send(int count) {
        for (int i = 0; i < count && outputs.difference() == null; i++) {
            send();
            if (pace.nextInt(500) == 0) {
                outputs.awaitAtMost(0, SoakRun.PATIENCE);
            } else if (records % 50 == 0) {
                outputs.awaitAtMost(MOST_OUTSTANDING, SoakRun.PATIENCE);
            }
        }
    }

    /** Sends so many records without looking, and waits until they lie on the topic. */
    void sendAtOnce(int count) {
        for (int i = 0; i < count; i++) {
            send();
        }
        producer.flush();
    }

    /** Sends a few records at a time, the next ones when all has come out. */
    void trickle(int times, int few) {
        for (int i = 0; i < times && outputs.difference() == null; i++) {
            sendAtOnce(few);
            outputs.awaitAtMost(0, SoakRun.PATIENCE);
        }
    }

    private void send() {
        GeneratedRecord record = generator.next();
        Reading reading = record.reading();
        ReferenceRegion.Taken taken =
                reading == null ? null : generator.region(record.region()).take(reading);
        records++;
        kinds.merge(record.kind(), 1, Integer::sum);
        outcomes.merge(taken == null ? "rejected" : taken.outcome(), 1, Integer::sum);
        CompletableFuture<RecordMetadata> lay = new CompletableFuture<>();
        outputs.expect(record, taken, lay);
        long timestamp = reading == null ? OLD_TIMESTAMP : reading.validTime().toEpochMilli();
        producer.send(
                new ProducerRecord<>(topic, null, timestamp, record.key(), record.value()), (metadata, failure) -> {
                    if (failure == null) {
                        lay.complete(metadata);
                    } else {
                        lay.completeExceptionally(failure);
                    }
                });
    }

    long records() {
        return records;
    }

    @Override
    public String toString() {
        return records + " records, meant as " + kinds + ", taken as " + outcomes;
    }

    @Override
    public void close() {
        producer.close(Duration.ZERO);
    }
}
