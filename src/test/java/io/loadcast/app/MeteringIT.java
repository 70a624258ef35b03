package io.loadcast.app;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.loadcast.Contract;
import io.loadcast.broker.EmbeddedBroker;
import io.loadcast.dataset.HourlySeries;
import io.loadcast.domain.EpochHour;
import io.loadcast.domain.Megawatts;
import io.loadcast.domain.MeterReading;
import io.loadcast.domain.Reading;
import io.loadcast.feed.FeedProgress;
import io.loadcast.feed.MeterFleet;
import io.loadcast.feed.ReadingsPublisher;
import io.loadcast.feed.Speed;
import io.loadcast.feed.SyntheticGrid;
import io.loadcast.streaming.Topics;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadInfo;
import java.lang.management.ThreadMXBean;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Random;
import java.util.function.Predicate;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Ten thousand meters of one region, of mixed cadences, through a real broker and the real topology to forecasts. The sums are
 * compared with the loads that the meters were made from.
 */
class MeteringIT {
    private static final Topics TOPICS = Topics.DEFAULT;
    private static final int METERS = 10_000;
    private static final int HISTORY_HOURS = 90;
    private static final int METERED_HOURS = 6;
    private static final Instant FIRST = Instant.parse("2024-04-10T00:00:00Z");

    @TempDir
    Path directory;

    private EmbeddedBroker broker;
    private LoadcastServer server;

    @BeforeEach
    void start() {
        broker = EmbeddedBroker.start(directory.resolve("broker"), 0);
        server = startServer();
    }

    private LoadcastServer startServer() {
        return LoadcastServer.start(
                Map.of(
                        "kafka.bootstrap.servers",
                        broker.bootstrapServers(),
                        "kafka.streams.default.state.dir",
                        directory.resolve("state").toString(),
                        "kafka.streams.default.num.stream.threads",
                        1,
                        "loadcast.http.enabled",
                        false,
                        "loadcast.meters.enabled",
                        true,
                        "loadcast.default-holidays",
                        "none",
                        "loadcast.topics.partitions",
                        2),
                Optional.empty());
    }

    @AfterEach
    void stop() {
        server.close();
        broker.close();
    }

    @Test
    void tenThousandMetersOfMixedCadencesBecomeReadingsAndForecasts() {
        // given: the history as readings, then six hours of meters, of which one in fifty is late with the third hour
        List<Reading> loads = loads(HISTORY_HOURS + METERED_HOURS);
        List<Reading> metered = loads.subList(HISTORY_HOURS, loads.size());
        feed(loads.subList(0, HISTORY_HOURS));
        awaitProcessed();
        server.pause();
        long lateHour = metered.get(2).epochHour();
        Random random = new Random(11);
        System.out.println("MeteringIT seed 11");
        long sent = 0;
        for (Reading hour : metered) {
            List<MeterReading> all = new MeterFleet(METERS).split(hour);
            if (hour.epochHour() == lateHour) {
                all = all.stream().filter(isLate().negate()).toList();
            }
            sent += produce(all, random);
        }

        // when
        long startNanos = System.nanoTime();
        long startCpu = streamThreadsCpuNanos();
        server.resume();
        awaitProcessed();
        double seconds = (System.nanoTime() - startNanos) / 1e9;
        double cpuMicros = (streamThreadsCpuNanos() - startCpu) / 1e3;
        System.out.printf(
                Locale.ROOT,
                "MeteringIT: %,d meter readings in %.1f s: %,.0f/s, %.1f us CPU each on the stream threads%n",
                sent,
                seconds,
                sent / seconds,
                cpuMicros / sent);

        // then
        Map<String, Long> counts = server.counters().snapshot();
        System.out.println("MeteringIT: " + counts);
        List<ConsumerRecord<byte[], byte[]>> records = read(TOPICS.readings());
        for (Reading hour : metered) {
            List<JsonNode> published = meteredReadings(records, hour.epochHour());
            BigDecimal expected = BigDecimal.valueOf(Math.round(hour.loadMw() * 1e6), 6);
            if (hour.epochHour() == lateHour) {
                assertThat(published).singleElement().satisfies(reading -> {
                    assertThat(reading.get("quality").asText()).isEqualTo("estimated");
                    assertThat(reading.get("completeness").asDouble()).isBetween(0.95, 0.9999);
                    assertThat(reading.get("load_mw").asDouble() / hour.loadMw())
                            .isBetween(0.99999, 1.00001);
                });
            } else {
                assertThat(published).singleElement().satisfies(reading -> {
                    assertThat(reading.get("quality").asText()).isEqualTo("metered");
                    assertThat(reading.get("load_mw").decimalValue()).isEqualByComparingTo(expected);
                });
            }
        }
        assertThat(counts.keySet()).noneMatch(name -> name.startsWith("meter-reading.rejected"));
        assertThat(read(TOPICS.forecasts())).hasSize(90 + METERED_HOURS);

        lateMetersReviseTheirHourAfterARestart(metered.get(2), random);
    }

    /** The state comes back from the stores; 200 late meters are one correction. */
    private void lateMetersReviseTheirHourAfterARestart(Reading hour, Random random) {
        // given
        server.close();
        server = startServer();

        // when
        List<MeterReading> late =
                new MeterFleet(METERS).split(hour).stream().filter(isLate()).toList();
        produce(late, random);
        awaitProcessed();

        // then
        List<JsonNode> published = meteredReadings(read(TOPICS.readings()), hour.epochHour());
        assertThat(published).hasSize(2);
        JsonNode revised = published.get(1);
        assertThat(revised.get("quality").asText()).isEqualTo("metered");
        assertThat(revised.get("revision").asInt()).isEqualTo(1);
        assertThat(revised.get("load_mw").decimalValue())
                .isEqualByComparingTo(BigDecimal.valueOf(Math.round(hour.loadMw() * 1e6), 6));
        assertThat(server.counters().snapshot())
                .containsEntry("meter-reading.late", (long) late.size())
                .containsEntry("metered-hour.revised", 1L)
                .containsEntry("reading.correction", 1L)
                .doesNotContainKey("meter.learned");
    }

    private static Predicate<MeterReading> isLate() {
        return reading -> reading.meter().name().hashCode() % 50 == 0;
    }

    private static List<Reading> loads(int hours) {
        HourlySeries series = new SyntheticGrid(1, ZoneId.of("UTC"), 5)
                .seriesBefore(FIRST.plus(Duration.ofHours(hours)), hours)
                .get(0);
        List<Reading> loads = new ArrayList<>();
        for (int i = 0; i < hours; i++) {
            loads.add(new Reading(
                    series.region(),
                    EpochHour.start(series.firstEpochHour() + i),
                    Megawatts.ofStored(series.loadMw(i))));
        }
        return loads;
    }

    private void feed(List<Reading> loads) {
        try (ReadingsPublisher publisher = ReadingsPublisher.connect(
                Map.of("bootstrap.servers", broker.bootstrapServers()), TOPICS.readings(), "/test")) {
            publisher.publish(loads, Speed.MAX, FeedProgress.NONE);
        }
    }

    /** In time order; one in a hundred comes twice. */
    private long produce(List<MeterReading> readings, Random random) {
        long sent = 0;
        try (var producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", broker.bootstrapServers(), "linger.ms", "20"),
                new ByteArraySerializer(),
                new ByteArraySerializer())) {
            for (MeterReading reading : readings) {
                for (int times = random.nextInt(100) == 0 ? 2 : 1; times > 0; times--) {
                    producer.send(record(reading));
                    sent++;
                }
            }
        }
        return sent;
    }

    private static ProducerRecord<byte[], byte[]> record(MeterReading reading) {
        String value =
                "{\"meter\":\"%s\",\"region\":\"%s\",\"valid_time\":\"%s\",\"duration_minutes\":%d,\"energy_kwh\":%s}"
                        .formatted(
                                reading.meter(),
                                reading.region(),
                                reading.interval().start(),
                                reading.interval().minutes(),
                                BigDecimal.valueOf(reading.energyMilliwattHours(), 6)
                                        .toPlainString());
        return new ProducerRecord<>(
                TOPICS.meterReadings(),
                null,
                reading.interval().start().toEpochMilli(),
                reading.region().name().getBytes(UTF_8),
                value.getBytes(UTF_8));
    }

    private static List<JsonNode> meteredReadings(List<ConsumerRecord<byte[], byte[]>> records, long hour) {
        return records.stream()
                .map(record -> Contract.json(record.value()))
                .filter(reading -> reading.has("completeness")
                        && reading.get("valid_time")
                                .asText()
                                .equals(EpochHour.start(hour).toString()))
                .toList();
    }

    private List<ConsumerRecord<byte[], byte[]>> read(String topic) {
        return CommittedRecords.of(broker.bootstrapServers(), topic);
    }

    private void awaitProcessed() {
        Properties kafka = new Properties();
        kafka.put("bootstrap.servers", broker.bootstrapServers());
        try (ProcessedOffsets offsets =
                new ProcessedOffsets(kafka, server.applicationId(), TOPICS, server.counters()::dueHours)) {
            Awaitility.await()
                    .atMost(Duration.ofSeconds(180))
                    .pollInterval(Duration.ofMillis(200))
                    .until(offsets::allOutputsAreCommitted);
        }
    }

    private static long streamThreadsCpuNanos() {
        ThreadMXBean threads = ManagementFactory.getThreadMXBean();
        long nanos = 0;
        for (ThreadInfo thread : threads.getThreadInfo(threads.getAllThreadIds())) {
            if (thread != null
                    && thread.getThreadName().contains("StreamThread")
                    && !thread.getThreadName().contains("producer")) {
                nanos += threads.getThreadCpuTime(thread.getThreadId());
            }
        }
        return nanos;
    }
}
