package io.loadcast.streaming;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.loadcast.Contract;
import io.loadcast.alerting.AlertSettings;
import io.loadcast.app.CommittedRecords;
import io.loadcast.broker.EmbeddedBroker;
import io.loadcast.domain.CivilCalendar;
import io.loadcast.domain.EpochHour;
import io.loadcast.domain.ImputationLimits;
import io.loadcast.domain.RegionCalendars;
import io.loadcast.forecasting.ForecastBatch;
import io.loadcast.forecasting.IntakeRules;
import io.loadcast.forecasting.ScoredLeads;
import io.loadcast.forecasting.StateLayout;
import io.loadcast.inference.Backoff;
import io.loadcast.inference.CommandedDevice;
import io.loadcast.inference.FailoverEngine;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.StreamsBuilder;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Through a real broker, with two stream threads and four tasks on one engine: a lost device costs nothing and is told once. */
class DeviceFailoverIT {
    private static final long START = EpochHour.containing(Instant.parse("2018-01-01T00:00:00Z"));
    private static final int REGIONS = 12;
    private static final int WARM_UP = 89;
    private static final int TASKS = 4;

    @TempDir
    Path directory;

    private final CommandedDevice cuda = new CommandedDevice("cuda:0");
    private final CommandedDevice cpu = new CommandedDevice("cpu");
    private final Counters counters = new Counters();

    @Test
    void everyForecastIsThereOnceAndEachChangeOfTheDeviceIsOneAlert() {
        Backoff soon = new Backoff(Duration.ofMillis(5), Duration.ofMillis(50));
        try (EmbeddedBroker broker = EmbeddedBroker.start(directory.resolve("broker"), 0);
                FailoverEngine engine = new FailoverEngine(cuda.open(), cuda::open, cpu.open(), soon)) {
            createTopics(broker);
            try (KafkaStreams streams = streams(broker, engine)) {
                // given: forecasts run on the device
                streams.start();
                feed(broker, 0, WARM_UP + 5);
                awaitIssued(5);
                int onDevice = cuda.runs();

                // when
                cuda.fail();
                feed(broker, WARM_UP + 5, WARM_UP + 20);
                awaitIssued(20);
                String whileLost = counters.device();
                cuda.comeBack();
                Awaitility.await().until(() -> engine.device().equals("cuda:0"));
                feed(broker, WARM_UP + 20, WARM_UP + 40);
                awaitIssued(40);
                awaitCommitted(broker);

                // then
                assertThat(onDevice).isPositive();
                assertThat(whileLost).isEqualTo("cpu");
                assertThat(counters.device()).isEqualTo("cuda:0");
                assertThat(cpu.runs()).isPositive();
                requireEachForecastOnce(broker);
                requireOneAlertRaisedAndCleared(broker);
            }
        }
    }

    private static void createTopics(EmbeddedBroker broker) {
        try (TopicAdministration topics =
                TopicAdministration.connect(Map.of("bootstrap.servers", broker.bootstrapServers()))) {
            topics.createMissing(Topics.DEFAULT, TASKS, Optional.empty());
        }
    }

    private KafkaStreams streams(EmbeddedBroker broker, FailoverEngine engine) {
        Properties properties = new Properties();
        properties.put("application.id", "failover");
        properties.put("bootstrap.servers", broker.bootstrapServers());
        properties.put("state.dir", directory.resolve("state").toString());
        properties.put("processing.guarantee", "exactly_once_v2");
        properties.put("commit.interval.ms", 100);
        properties.put("poll.ms", 5);
        properties.put("num.stream.threads", 2);
        properties.put("auto.offset.reset", "earliest");
        properties.put("ensure.explicit.internal.resource.naming", true);
        StreamsBuilder builder = new StreamsBuilder();
        LoadcastTopology.addTo(
                builder,
                new InstanceContext(Topics.DEFAULT, counters, new OneOrigin(), ThreadPace.ofEachThread()),
                () -> new ForecastBatch(
                        engine, new RegionCalendars(Map.of(), CivilCalendar.UTC), ImputationLimits.DEFAULT, 8),
                new ForecastingSettings(
                        StateLayout.of(engine.manifest(), 24, ScoredLeads.DEFAULT),
                        IntakeRules.DEFAULT,
                        ReadingScope.ALL,
                        Duration.ofMillis(5),
                        AlertSettings.OFF,
                        Optional.empty()));
        return new KafkaStreams(builder.build(properties), properties);
    }

    /** Hour by hour, all regions. */
    private static void feed(EmbeddedBroker broker, int from, int to) {
        try (var producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", broker.bootstrapServers()),
                new ByteArraySerializer(),
                new ByteArraySerializer())) {
            for (int hour = from; hour < to; hour++) {
                for (int region = 0; region < REGIONS; region++) {
                    String value = "{\"region\":\"R%d\",\"valid_time\":\"%s\",\"load_mw\":%d}"
                            .formatted(region, EpochHour.start(START + hour), 1000 + hour);
                    producer.send(new ProducerRecord<>(
                            Topics.DEFAULT.readings(), ("R" + region).getBytes(UTF_8), value.getBytes(UTF_8)));
                }
            }
        }
    }

    private void awaitIssued(int hours) {
        Awaitility.await()
                .atMost(Duration.ofSeconds(30))
                .until(() -> counters.snapshot().getOrDefault("forecast.ok", 0L) >= (long) REGIONS * hours);
    }

    private static void awaitCommitted(EmbeddedBroker broker) {
        Awaitility.await()
                .atMost(Duration.ofSeconds(10))
                .until(() -> forecasts(broker).size() >= REGIONS * 40);
    }

    /** Those of the model; the fallback's come before the warm-up is over. */
    private static List<JsonNode> forecasts(EmbeddedBroker broker) {
        return read(broker, Topics.DEFAULT.forecasts()).stream()
                .map(forecast -> Contract.json(forecast.value()))
                .filter(forecast -> forecast.get("quality").asText().equals("ok"))
                .toList();
    }

    private static void requireEachForecastOnce(EmbeddedBroker broker) {
        Map<String, Integer> times = new TreeMap<>();
        for (JsonNode forecast : forecasts(broker)) {
            Instant issued = Instant.parse(forecast.get("issue_time").asText());
            long hour = EpochHour.containing(issued) - START;
            assertThat(forecast.get("p50_mw").get(23).asDouble()).isEqualTo(1000 + hour);
            times.merge(forecast.get("region").asText() + "/" + hour, 1, Integer::sum);
        }
        assertThat(times).hasSize(REGIONS * 40);
        assertThat(new TreeSet<>(times.values())).containsExactly(1);
    }

    private static void requireOneAlertRaisedAndCleared(EmbeddedBroker broker) {
        Awaitility.await()
                .atMost(Duration.ofSeconds(10))
                .until(() -> read(broker, Topics.DEFAULT.alerts()).size() >= 2);
        List<JsonNode> alerts = read(broker, Topics.DEFAULT.alerts()).stream()
                .map(alert -> Contract.json(alert.value()))
                .toList();
        assertThat(alerts).hasSize(2);
        assertThat(alerts)
                .extracting(alert -> alert.get("id"))
                .containsOnly(alerts.get(0).get("id"));
        assertThat(alerts)
                .extracting(alert -> alert.get("cleared_time").isNull())
                .containsExactly(true, false);
        assertThat(alerts)
                .allSatisfy(alert ->
                        assertThat(Contract.of("alert").violations(alert)).isEmpty());
    }

    private static List<ConsumerRecord<byte[], byte[]>> read(EmbeddedBroker broker, String topic) {
        return CommittedRecords.of(broker.bootstrapServers(), topic);
    }
}
