package io.loadcast.feed;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.entry;

import com.fasterxml.jackson.databind.JsonNode;
import io.loadcast.Contract;
import io.loadcast.domain.Reading;
import io.loadcast.domain.Region;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

class ReadingsPublisherTest {
    private static final Instant NOON = Instant.parse("2021-07-01T12:00:00Z");

    @Test
    void writesEachReadingAsACloudEvent() {
        // given
        MockProducer<byte[], byte[]> producer = producer();
        Reading reading = new Reading(new Region("Süd"), NOON, 1234.5);

        // when
        publish(producer, List.of(reading), Speed.MAX);

        // then
        ProducerRecord<byte[], byte[]> record = producer.history().get(0);
        assertThat(record.topic()).isEqualTo("readings");
        assertThat(new String(record.key(), UTF_8)).isEqualTo("Süd");
        assertThat(record.timestamp()).isEqualTo(NOON.toEpochMilli());
        assertThat(new String(record.value(), UTF_8))
                .isEqualTo("{\"region\":\"Süd\",\"valid_time\":\"2021-07-01T12:00:00Z\",\"load_mw\":1234.5}");
        assertThat(headers(record))
                .containsOnly(
                        entry("ce_specversion", "1.0"),
                        entry("ce_type", "io.loadcast.reading.v1"),
                        entry("ce_source", "/test"),
                        entry("ce_id", "Süd/2021-07-01T12:00:00Z"),
                        entry("ce_time", "2021-07-01T12:00:00Z"),
                        entry("content-type", "application/json"));
    }

    @Test
    void keepsTheContractOfReadings() {
        // given
        MockProducer<byte[], byte[]> producer = producer();

        // when
        publish(producer, hours(1), Speed.MAX);

        // then
        JsonNode value = Contract.json(producer.history().get(0).value());
        assertThat(Contract.of("reading").violations(value)).isEmpty();
        assertThat(Contract.of("reading").undescribed(value)).isEmpty();
    }

    @Test
    void countsWhatItSent() {
        // given
        List<Reading> readings = hours(5);

        // when
        FeedSummary summary = publish(producer(), readings, Speed.MAX);

        // then
        assertThat(summary.readings()).isEqualTo(5);
        assertThat(summary.firstValidTime()).isEqualTo(NOON);
        assertThat(summary.lastValidTime()).isEqualTo(NOON.plus(Duration.ofHours(4)));
        assertThat(summary.stopped()).isFalse();
    }

    @Test
    void takesItsTimeAtALimitedSpeed() {
        // when
        FeedSummary summary = publish(producer(), hours(6), new Speed(20));

        // then the sixth hour is due a quarter of a second after the first
        assertThat(summary.took()).isBetween(Duration.ofMillis(250), Duration.ofSeconds(5));
    }

    @Test
    void stopsWhileItWaitsForTheNextHour() throws Exception {
        // given a feed whose second hour is due in an hour
        MockProducer<byte[], byte[]> producer = producer();
        try (ReadingsPublisher publisher = new ReadingsPublisher(producer, "readings", "/test")) {
            CompletableFuture<FeedSummary> summary = CompletableFuture.supplyAsync(
                    () -> publisher.publish(hours(2), new Speed(1 / 3600.0), FeedProgress.NONE));
            Awaitility.await().until(() -> producer.history().size() == 1);

            // when
            publisher.stop();

            // then
            assertThat(summary.get(10, TimeUnit.SECONDS).readings()).isEqualTo(1);
            assertThat(summary.join().stopped()).isTrue();
        }
    }

    @Test
    void reportsAFailedSend() {
        // given a broker that refuses the last reading, when all have been handed over
        MockProducer<byte[], byte[]> producer = new RefusingProducer();

        // when, then
        assertThatThrownBy(() -> publish(producer, hours(3), Speed.MAX))
                .isInstanceOf(FeedException.class)
                .hasMessageContaining("could not be sent to topic readings: 1 MB is too much")
                .hasMessageContaining("see to the brokers");
    }

    private static FeedSummary publish(MockProducer<byte[], byte[]> producer, List<Reading> readings, Speed speed) {
        try (ReadingsPublisher publisher = new ReadingsPublisher(producer, "readings", "/test")) {
            return publisher.publish(readings, speed, FeedProgress.NONE);
        }
    }

    private static List<Reading> hours(int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> new Reading(new Region("a"), NOON.plus(Duration.ofHours(i)), i))
                .toList();
    }

    private static MockProducer<byte[], byte[]> producer() {
        return new MockProducer<>(true, null, new ByteArraySerializer(), new ByteArraySerializer());
    }

    private static Map<String, String> headers(ProducerRecord<byte[], byte[]> record) {
        Map<String, String> headers = new TreeMap<>();
        record.headers().forEach(header -> headers.put(header.key(), new String(header.value(), UTF_8)));
        return headers;
    }

    /** Acknowledges nothing until it is flushed, and then refuses everything. */
    private static final class RefusingProducer extends MockProducer<byte[], byte[]> {
        RefusingProducer() {
            super(false, null, new ByteArraySerializer(), new ByteArraySerializer());
        }

        @Override
        public synchronized void flush() {
            while (errorNext(new RecordTooLargeException("1 MB is too much"))) {
                // until none is left
            }
        }
    }
}
