package io.loadcast.faults;

import io.loadcast.dataset.HourlySeries;
import io.loadcast.domain.Reading;
import io.loadcast.streaming.Topics;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.LongSupplier;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Loads as the readings of meters, which the application has to sum. */
record MeterInflow(UnrulyMeters meters) implements Inflow {
    private static final long ASK_NANOS = 50_000_000;

    @Override
    public List<String> inputs(Topics topics) {
        return List.of(topics.meterReadings(), topics.readings());
    }

    @Override
    public Topics sharing(Topics topics, Topics own) {
        return new Topics(
                own.readings(),
                own.forecasts(),
                own.accuracy(),
                own.alerts(),
                own.deadLetters(),
                topics.meterReadings(),
                own.models());
    }

    /** Whoever joins gets work at once, though its state is empty: what it takes over is seen to be right. */
    @Override
    public Map<String, String> settings() {
        return Map.of(
                "loadcast.meters.enabled",
                "true",
                "kafka.streams.default.acceptable.recovery.lag",
                String.valueOf(Long.MAX_VALUE));
    }

    @Override
    public Feed start(
            String bootstrapServers,
            Topics topics,
            List<HourlySeries> grid,
            CommittedForecasts committed,
            GroupView group,
            long aheadReadings) {
        return Feed.start(readings -> publish(bootstrapServers, readings), grid, hoursDone(group), aheadReadings);
    }

    /** Does not ask the broker for each hour, or the feed would be slower than the application. */
    private static LongSupplier hoursDone(GroupView group) {
        AtomicLong askedNanos = new AtomicLong(System.nanoTime() - ASK_NANOS);
        AtomicLong done = new AtomicLong();
        return () -> {
            if (System.nanoTime() - askedNanos.get() >= ASK_NANOS) {
                done.set(group.committedReadings() / UnrulyMeters.recordsOfAnHour());
                askedNanos.set(System.nanoTime());
            }
            return done.get();
        };
    }

    private void publish(String bootstrapServers, Iterable<Reading> readings) {
        Map<String, Object> settings = new HashMap<>(
                Map.of("bootstrap.servers", bootstrapServers, "linger.ms", "5", "compression.type", "lz4"));
        AtomicReference<Exception> failure = new AtomicReference<>();
        try (var producer = new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer())) {
            for (Reading reading : readings) {
                send(producer, meters.of(reading), failure);
            }
            send(producer, meters.rest(), failure);
            producer.flush();
        }
        requireNone(failure);
    }

    private static void send(
            KafkaProducer<byte[], byte[]> producer,
            List<ProducerRecord<byte[], byte[]>> records,
            AtomicReference<Exception> failure) {
        requireNone(failure);
        records.forEach(record -> producer.send(record, (metadata, e) -> failure.compareAndSet(null, e)));
    }

    private static void requireNone(AtomicReference<Exception> failure) {
        if (failure.get() != null) {
            throw new AssertionError("a meter reading was not sent", failure.get());
        }
    }
}
