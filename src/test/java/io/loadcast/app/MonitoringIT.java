package io.loadcast.app;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.loadcast.broker.EmbeddedBroker;
import io.loadcast.dataset.HourlySeries;
import io.loadcast.feed.FeedProgress;
import io.loadcast.feed.ReadingsPublisher;
import io.loadcast.feed.Speed;
import io.loadcast.feed.SyntheticGrid;
import io.loadcast.feed.TimeOrderedReadings;
import io.loadcast.monitoring.GrafanaDashboard;
import io.loadcast.monitoring.Promtool;
import io.loadcast.streaming.Topics;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ExecutionException;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a running loadcast tells Prometheus and an orchestrator, as they ask. */
class MonitoringIT {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int HOURS = 130;
    private static final String EVIL = "N\nORTH\t\u001b[31m\"x\"\\ 北";
    private static final Pattern METRIC =
            Pattern.compile("\\b((?:loadcast|kafka|jvm|process|http|logback)_[a-z0-9_]+)");

    private static final Pattern LABEL = Pattern.compile("[{,](\\w+)=\"");

    private final HttpClient client = HttpClient.newHttpClient();

    @TempDir
    Path directory;

    private EmbeddedBroker broker;
    private LoadcastServer server;

    @BeforeEach
    void start() {
        broker = EmbeddedBroker.start(directory.resolve("broker"), 0);
        server = startServer(Map.of());
    }

    @AfterEach
    void stop() {
        server.close();
        broker.close();
    }

    private LoadcastServer startServer(Map<String, Object> more) {
        Map<String, Object> settings = new HashMap<>(Map.of(
                "kafka.bootstrap.servers",
                broker.bootstrapServers(),
                "kafka.streams.default.state.dir",
                directory.resolve("state").toString(),
                "kafka.streams.default.num.stream.threads",
                2,
                "loadcast.http.port",
                0,
                "loadcast.metrics.regions",
                2,
                "loadcast.topics.partitions",
                2));
        settings.putAll(more);
        return LoadcastServer.start(settings, Optional.empty());
    }

    @Test
    void aScrapeHasAllFiguresWithTheirTagsAndPromtoolTakesThem() throws Exception {
        // given
        feed();
        produce(EVIL, "no reading");
        produce(
                EVIL,
                JSON.writeValueAsString(Map.of("region", EVIL, "valid_time", "2024-01-01T00:00:00Z", "load_mw", 7)));

        // when
        awaitSample("loadcast_readings_total{outcome=\"first\"} 4.0");
        awaitSample("loadcast_regions 4.0");
        awaitSample("loadcast_dead_letters_total{input=\"readings\",reason=\"not-json\"} 1.0");
        awaitSample(
                "loadcast_smape_ratio{forecaster=\"model\",lead_hours=\"24\",region=\"SYN_0001\",window=\"168h\"} ");
        String scraped = get("prometheus").body();

        // then
        assertThat(scraped)
                .contains("loadcast_readings_total{outcome=\"next\"} " + 3 * (HOURS - 1) + ".0")
                .contains("loadcast_forecasts_total{quality=\"ok\"} " + 3 * (HOURS - 89) + ".0")
                .contains("loadcast_inference_batch_windows_sum " + 3 * (HOURS - 89) + ".0")
                .containsPattern("loadcast_inference_seconds_bucket\\{device=\"cpu\",le=\"0.01\"} [0-9]+")
                .containsPattern("loadcast_forecast_wait_seconds_count [1-9]")
                .contains("loadcast_due_forecasts 0.0")
                .contains("loadcast_device_info{device=\"cpu\"} 1")
                .contains("loadcast_ready 1.0")
                .contains("loadcast_streams_state{state=\"running\"} 1.0")
                .contains("loadcast_restore_stores{state=\"restored\"} 12.0")
                .contains("loadcast_regions_left_out 2.0")
                .contains(
                        "loadcast_smape_ratio{forecaster=\"baseline\",lead_hours=\"1\",region=\"SYN_0001\",window=\"24h\"}")
                .doesNotContain("region=\"SYN_0003\"")
                .contains("loadcast_newest_issue_timestamp_seconds{partition=\"0\"}")
                .containsPattern(
                        "kafka_stream_task_process_total\\{task_id=\"0_0\",thread_id=\"[^\"]*-StreamThread-[12]\"} ")
                .containsPattern(
                        "kafka_stream_task_process_total\\{task_id=\"0_1\",thread_id=\"[^\"]*-StreamThread-[12]\"} ")
                .containsPattern(
                        "kafka_consumer_fetch_manager_records_lag\\{client_id=\"[^\"]*\",partition=\"0\",topic=\"loadcast.readings.v1\"}")
                .doesNotContain("topic=\"loadcast_readings_v1\"")
                .contains("jvm_memory_used_bytes{")
                .contains("process_cpu_usage ")
                .contains("http_server_requests_seconds_count{")
                .contains("# HELP http_server_requests_seconds ")
                .contains("loadcast_models_followed 1.0")
                .contains("loadcast_view_following 1.0")
                .containsPattern("loadcast_models_read_timestamp_seconds [0-9.E]+")
                .contains("loadcast_models_in_use{role=\"champion\"} 1.0")
                .contains("loadcast_models_in_use{role=\"challenger\"} 0.0");
        assertThat(Promtool.run(directory, ours(scraped), "check", "metrics")).isEqualTo(new Promtool(0, ""));
        // 3: promtool would have Kafka, Micrometer name some of theirs in another way; 1 were a line that cannot be
        // read
        assertThat(Promtool.run(directory, scraped, "check", "metrics").exitCode())
                .isIn(0, 3);
    }

    @Test
    void whatTheDashboardAndTheAlertsAskForIsThere() throws Exception {
        // given
        feed();
        awaitSample("loadcast_smape_ratio{");
        awaitSample("loadcast_last_stable_offset_stuck_seconds{");

        // when
        Set<String> there = get("prometheus")
                .body()
                .lines()
                .filter(line -> !line.startsWith("#"))
                .map(line -> line.split("[{ ]", 2)[0])
                .flatMap(name -> Stream.of(name, name.replaceFirst("_bucket$", ""))) // texts name the whole histogram
                .collect(Collectors.toSet());

        // then
        Set<String> asked = new TreeSet<>(asked(Path.of("deploy/prometheus/alerts.yml")));
        GrafanaDashboard.read().selectors().forEach(selector -> asked.add(selector.metric()));
        // of meters, which are not summed here
        asked.remove("loadcast_meter_readings_total");
        asked.remove("loadcast_detail"); // a header of dead letters
        assertThat(asked)
                .hasSizeGreaterThan(30)
                .allSatisfy(name -> assertThat(there).contains(name));
        Map<String, Set<String>> labels = labels(get("prometheus").body());
        assertThat(GrafanaDashboard.read().selectors())
                .filteredOn(selector -> labels.containsKey(selector.metric()))
                .hasSizeGreaterThan(40)
                .allSatisfy(selector -> assertThat(labels.get(selector.metric()))
                        .as(selector.metric())
                        .containsAll(selector.labels()));
    }

    @Test
    void aRegionsNameCanBreakNoLine() throws Exception {
        // given
        server.close();
        server = startServer(Map.of("loadcast.metrics.regions", 10));
        HourlySeries one = new SyntheticGrid(1, ZoneId.of("UTC"), 3)
                .seriesBefore(Instant.parse("2024-04-10T00:00:00Z"), 30)
                .get(0);
        for (int hour = 0; hour < 30; hour++) {
            produce(
                    EVIL,
                    JSON.writeValueAsString(Map.of(
                            "region",
                            EVIL,
                            "valid_time",
                            Instant.parse("2024-04-09T00:00:00Z")
                                    .plus(Duration.ofHours(hour))
                                    .toString(),
                            "load_mw",
                            one.loadMw(hour))));
        }

        // when
        awaitSample(
                "loadcast_smape_ratio{forecaster=\"model\",lead_hours=\"1\",region=\"N\\nORTH\t\u001b[31m\\\"x\\\"\\\\ 北\",");
        String scraped = get("prometheus").body();

        // then
        assertThat(scraped.lines())
                .allSatisfy(line -> assertThat(line).matches("#.*|[a-z][a-zA-Z0-9_]*(\\{.*})? [-+0-9.EInfNa]+"));
        assertThat(Promtool.run(directory, ours(scraped), "check", "metrics")).isEqualTo(new Promtool(0, ""));
    }

    @Test
    void theProbesFollowTheTopologyFromStartToLoss() throws Exception {
        // when, then
        Awaitility.await().atMost(Duration.ofSeconds(60)).untilAsserted(() -> {
            for (String probe : List.of("liveness", "readiness", "startup")) {
                HttpResponse<String> answer = get("health/" + probe);
                assertThat(answer.statusCode()).as(probe + " " + answer.body()).isEqualTo(200);
                JsonNode body = JSON.readTree(answer.body());
                assertThat(body.get("status").asText()).isEqualTo("UP");
                assertThat(body.get("topology").asText()).isEqualTo("running");
                assertThat(body.at("/view/state").asText()).isEqualTo("following");
                assertThat(body.get("restore").get("stores_restored").asInt()).isEqualTo(12);
            }
        });

        // when
        delete(Topics.DEFAULT.readings());

        // then
        Awaitility.await().atMost(Duration.ofSeconds(60)).untilAsserted(() -> {
            HttpResponse<String> live = get("health/liveness");
            assertThat(live.statusCode()).as(live.body()).isEqualTo(503);
            assertThat(JSON.readTree(live.body()).at("/reasons/0").asText())
                    .contains("loadcast.readings.v1", "deleted", "--application-id");
            assertThat(get("health/readiness").statusCode()).isEqualTo(503);
            assertThat(get("health/startup").statusCode()).as("it had started").isEqualTo(200);
        });
        assertThat(get("prometheus").body()).contains("loadcast_ready 0.0");
    }

    /** By metric, of all its samples, and what Prometheus adds. */
    private static Map<String, Set<String>> labels(String scraped) {
        Map<String, Set<String>> labels = new HashMap<>();
        scraped.lines().filter(line -> !line.startsWith("#")).forEach(line -> {
            Set<String> known =
                    labels.computeIfAbsent(line.split("[{ ]", 2)[0], name -> new TreeSet<>(List.of("job", "instance")));
            LABEL.matcher(line).results().forEach(label -> known.add(label.group(1)));
        });
        return labels;
    }

    private static String ours(String scraped) {
        return scraped.lines()
                .filter(line -> line.contains("loadcast_"))
                .filter(line -> line.matches("(# (HELP|TYPE) )?loadcast_.*"))
                .collect(Collectors.joining("\n", "", "\n"));
    }

    private static Set<String> asked(Path file) throws IOException {
        return METRIC.matcher(Files.readString(file))
                .results()
                .map(found -> found.group(1))
                .collect(Collectors.toSet());
    }

    private void awaitSample(String start) {
        Awaitility.await()
                .atMost(Duration.ofSeconds(90))
                .untilAsserted(
                        () -> assertThat(get("prometheus").body().lines()).anyMatch(line -> line.startsWith(start)));
    }

    private HttpResponse<String> get(String path) throws IOException, InterruptedException {
        URI uri = URI.create(server.url().orElseThrow() + path);
        return client.send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString(UTF_8));
    }

    private void feed() {
        List<HourlySeries> grid =
                new SyntheticGrid(3, ZoneId.of("UTC"), 3).seriesBefore(Instant.parse("2024-04-10T00:00:00Z"), HOURS);
        try (ReadingsPublisher publisher = ReadingsPublisher.connect(
                Map.of("bootstrap.servers", broker.bootstrapServers()), Topics.DEFAULT.readings(), "/test")) {
            publisher.publish(TimeOrderedReadings.of(grid), Speed.MAX, FeedProgress.NONE);
        }
    }

    private void produce(String key, String value) throws ExecutionException, InterruptedException {
        try (KafkaProducer<byte[], byte[]> producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", broker.bootstrapServers()),
                new ByteArraySerializer(),
                new ByteArraySerializer())) {
            producer.send(new ProducerRecord<>(
                            Topics.DEFAULT.readings(), 0, key.getBytes(UTF_8), value.getBytes(UTF_8)))
                    .get();
        }
    }

    private void delete(String topic) throws ExecutionException, InterruptedException {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()))) {
            admin.deleteTopics(List.of(topic)).all().get();
        }
    }
}
