package io.loadcast.faults;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Sends hour after hour of several regions, a hundred hours a second, on a thread of its own until it is stopped. */
final class SteadyReadings {
    private static final Instant START = Instant.parse("1990-01-01T00:00:00Z");
    private static final long PAUSE_MILLIS = 10;

    private final String bootstrapServers;
    private final String topic;
    private final int regions;
    private final CountDownLatch stop = new CountDownLatch(1);
    private final Thread thread = new Thread(this::send, "steady-readings");
    private volatile int hours;

    SteadyReadings(String bootstrapServers, String topic, int regions) {
        this.bootstrapServers = bootstrapServers;
        this.topic = topic;
        this.regions = regions;
        thread.setDaemon(true);
        thread.start();
    }

    private void send() {
        try (var producer = new KafkaProducer<>(
                Map.<String, Object>of("bootstrap.servers", bootstrapServers),
                new ByteArraySerializer(),
                new ByteArraySerializer())) {
            do {
                for (int region = 0; region < regions; region++) {
                    producer.send(record(region, START.plus(hours, ChronoUnit.HOURS)));
                }
                hours++; // written by this thread only
            } while (!stop.await(PAUSE_MILLIS, TimeUnit.MILLISECONDS));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private ProducerRecord<byte[], byte[]> record(int region, Instant hour) {
        String name = "R%02d".formatted(region);
        double loadMw = 1000 + 10 * region + 200 * Math.sin(hours * Math.PI / 12) + hours % 7;
        String value = "{\"region\":\"%s\",\"valid_time\":\"%s\",\"load_mw\":%.1f}".formatted(name, hour, loadMw);
        return new ProducerRecord<>(topic, null, hour.toEpochMilli(), name.getBytes(UTF_8), value.getBytes(UTF_8));
    }

    /** Hours that each region was sent so far. */
    int hours() {
        return hours;
    }

    /** Ends it, when all is acknowledged, and tells how many readings there were. */
    long stop() {
        stop.countDown();
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return (long) hours * regions;
    }
}
