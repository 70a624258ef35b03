package io.loadcast.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.loadcast.app.LoadcastServer;
import io.loadcast.app.ServedBroker;
import io.loadcast.dataset.HourlySeries;
import io.loadcast.feed.Speed;
import io.loadcast.feed.SyntheticGrid;
import io.loadcast.streaming.Topics;
import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** Every route, asked as a program asks, of a server with a broker. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class HttpApiIT {
    private static final Topics TOPICS = Topics.DEFAULT;
    private static final int HOURS = 130;
    private static final Instant END = Instant.parse("2026-03-01T00:00:00Z");
    private static final Instant NEWEST = END.minus(Duration.ofHours(1));
    private static final String JSON = "application/json";
    private static final int STREAM_CLIENTS = 6;

    private Path directory;
    private ServedBroker broker;
    private LoadcastServer server;
    private HttpClientOf http;
    private List<HourlySeries> grid;

    @BeforeAll
    void feedARunningServer(@TempDir Path temporary) {
        directory = temporary;
        broker = ServedBroker.start(directory);
        start();
        grid = new SyntheticGrid(3, ZoneId.of("Europe/Berlin"), 7).seriesBefore(END, HOURS);
        broker.feed(grid, Speed.MAX);
        awaitForecasts();
    }

    private void start() {
        server = broker.serve(Map.of(
                "loadcast.http.enabled",
                true,
                "loadcast.http.port",
                0,
                "loadcast.http.stream-clients",
                STREAM_CLIENTS,
                "loadcast.http.max-body-kb",
                64,
                "loadcast.default-zone",
                "Europe/Berlin"));
        http = new HttpClientOf(server.url().orElseThrow());
    }

    private void awaitForecasts() {
        Awaitility.await()
                .atMost(Duration.ofSeconds(120))
                .untilAsserted(() -> assertThat(http.json("regions?query=syn").get("regions"))
                        .hasSize(3)
                        .allSatisfy(region -> {
                            assertThat(region.at("/forecast/issue_time").asText())
                                    .isEqualTo(NEWEST.toString());
                            String last = NEWEST.toString();
                            assertThat(records(
                                            TOPICS.accuracy(),
                                            region.get("region").asText()))
                                    .filteredOn(score ->
                                            score.get("valid_time").asText().equals(last))
                                    .hasSize(2);
                            assertThat(region.get("count_24h").asInt()).isEqualTo(24);
                        }));
    }

    @AfterAll
    void stop() {
        server.close();
        broker.close();
    }

    private List<JsonNode> records(String topic, String region) {
        List<JsonNode> records = new ArrayList<>();
        for (ConsumerRecord<byte[], byte[]> record : broker.read(topic)) {
            if (region.equals(new String(record.key(), UTF_8))) {
                records.add(HttpClientOf.tree(new String(record.value(), UTF_8)));
            }
        }
        return records;
    }

    @Test
    void regionsAreListedWithTheirNewestLoadForecastAndScore() {
        // when
        JsonNode page = http.json("regions?query=SYN_0001");

        // then
        JsonNode region = page.get("regions").get(0);
        HourlySeries fed = grid.get(0);
        assertThat(page.get("count").asInt()).isEqualTo(1);
        assertThat(page.get("next").isNull()).isTrue();
        assertThat(region.get("region").asText()).isEqualTo("SYN_0001");
        assertThat(region.get("zone").asText()).isEqualTo("Europe/Berlin");
        assertThat(region.get("state").asText()).isEqualTo("live");
        assertThat(region.get("newest_valid_time").asText()).isEqualTo(NEWEST.toString());
        assertThat(region.get("spark_mw")).hasSize(24);
        assertThat(region.get("spark_mw").get(23)).isEqualTo(region.get("newest_load_mw"));
        assertThat(fed.region().name()).isEqualTo("SYN_0001");
        List<JsonNode> scores = records(TOPICS.accuracy(), "SYN_0001");
        JsonNode newest = scores.stream()
                .filter(score -> score.get("lead_hours").asInt() == 1)
                .reduce((earlier, later) -> later)
                .orElseThrow();
        assertThat(region.get("smape_24h_pct")).isEqualTo(newest.get("smape_24h_pct"));
        assertThat(region.get("baseline_smape_24h_pct")).isEqualTo(newest.get("baseline_smape_24h_pct"));
        assertThat(region.get("count_24h").asInt()).isEqualTo(24);
    }

    @Test
    void regionsComePageByPage() {
        // when
        JsonNode first = http.json("regions?query=syn&limit=2");
        JsonNode second =
                http.json("regions?query=syn&limit=2&after=" + first.get("next").asText());

        // then
        assertThat(first.get("regions").findValuesAsText("region")).containsExactly("SYN_0001", "SYN_0002");
        assertThat(second.get("regions").findValuesAsText("region")).containsExactly("SYN_0003");
        assertThat(second.get("next").isNull()).isTrue();
        assertThat(second.get("count").asInt()).isEqualTo(3);
    }

    @Test
    void theNewestForecastIsTheRecordOnTheTopic() {
        List<JsonNode> published = records(TOPICS.forecasts(), "SYN_0002");

        assertThat(http.json("regions/SYN_0002/forecast")).isEqualTo(published.get(published.size() - 1));
        assertThat(http.json("regions/SYN_0002").get("model"))
                .isEqualTo(published.get(0).get("model"));
    }

    @Test
    void historyHasWhatWasReadAndWhatHadBeenForecastAtEachLeadTime() {
        // given
        Map<String, JsonNode> byIssueTime = new HashMap<>();
        records(TOPICS.forecasts(), "SYN_0001")
                .forEach(record -> byIssueTime.put(record.get("issue_time").asText(), record));
        List<JsonNode> readings = records(TOPICS.readings(), "SYN_0001");

        for (int lead : new int[] {1, 7, 24}) {
            // when
            JsonNode history = http.json(
                    "regions/SYN_0001/history?lead=" + lead + "&from=2026-02-01T00:00:00Z&to=2026-03-01T00:00:00Z");

            // then
            JsonNode hours = history.get("hours");
            assertThat(hours).hasSizeGreaterThanOrEqualTo(HOURS);
            Map<String, JsonNode> byValidTime = new HashMap<>();
            hours.forEach(hour -> byValidTime.put(hour.get("valid_time").asText(), hour));
            readings.forEach(reading -> assertThat(
                            byValidTime.get(reading.get("valid_time").asText()).get("actual_mw"))
                    .isEqualTo(reading.get("load_mw")));
            int compared = 0;
            for (JsonNode hour : hours) {
                Instant issued = Instant.parse(hour.get("valid_time").asText()).minus(Duration.ofHours(lead));
                JsonNode record = byIssueTime.get(issued.toString());
                JsonNode point = hour.at("/forecasts/" + lead);
                assertThat(point.isMissingNode()).isEqualTo(record == null);
                if (record != null) {
                    compared++;
                    assertThat(point.get("issue_time").asText()).isEqualTo(issued.toString());
                    for (String quantile : List.of("p10_mw", "p50_mw", "p90_mw")) {
                        assertThat(point.get(quantile).asText())
                                .isEqualTo(record.get(quantile).get(lead - 1).asText());
                    }
                }
            }
            assertThat(compared).isEqualTo(HOURS - lead);
        }
        assertThat(http.json("regions/SYN_0001/history").get("hours"))
                .as("a week")
                .hasSize(7 * 24);
    }

    @Test
    void accuracyIsThatOfTheNewestScores() {
        for (String window : List.of("24h", "168h", "all")) {
            // when
            JsonNode rows =
                    http.json("regions/SYN_0003/accuracy?window=" + window).get("scores");

            // then
            assertThat(rows).hasSize(2);
            for (JsonNode row : rows) {
                JsonNode newest = records(TOPICS.accuracy(), "SYN_0003").stream()
                        .filter(score -> score.get("lead_hours").equals(row.get("lead_hours")))
                        .reduce((earlier, later) -> later)
                        .orElseThrow();
                assertThat(row.get("count")).isEqualTo(newest.get("count_" + window));
                assertThat(row.get("smape_pct")).isEqualTo(newest.get("smape_" + window + "_pct"));
                assertThat(row.get("coverage_pct")).isEqualTo(newest.get("coverage_" + window + "_pct"));
            }
        }
        assertThat(http.json("accuracy").get("scores").findValuesAsText("region"))
                .contains("SYN_0001", "SYN_0003");
    }

    @Test
    void alertsAreFoldedByTheirIdAndFiltered() throws Exception {
        // given
        String raised = """
                {"id":"%s","kind":"feed-gap","severity":"warning","region":"SYN_0001","raised_time":"%s","cleared_time":%s,"message":"m","evidence":{}}""";
        write(TOPICS.alerts(), "SYN_0001", raised.formatted("one", "2026-02-01T00:00:00Z", "null"));
        write(TOPICS.alerts(), "SYN_0001", raised.formatted("two", "2026-02-02T00:00:00Z", "null"));

        // when
        write(TOPICS.alerts(), "SYN_0001", raised.formatted("one", "2026-02-01T00:00:00Z", "\"2026-02-03T00:00:00Z\""));

        // then
        String region = "alerts?region=SYN_0001&kind=feed-gap&active=";
        Awaitility.await()
                .untilAsserted(() -> assertThat(
                                http.json(region + "false").get("alerts").findValuesAsText("id"))
                        .containsExactly("one"));
        assertThat(http.json(region + "true").get("alerts").findValuesAsText("id"))
                .containsExactly("two");
        assertThat(http.json("alerts?region=SYN_0001").get("alerts").findValuesAsText("id"))
                .containsExactly("two", "one");
        assertThat(http.json("alerts?kind=flatline").get("count").asInt()).isZero();
        assertThat(http.json("regions/SYN_0001").get("active_alerts").asInt()).isEqualTo(1);
    }

    @Test
    void alertsComePageByPageEvenIfOneOfThemIsOverMeanwhile() throws Exception {
        // given
        String alert = """
                {"id":"%s","kind":"feed-gap","severity":"warning","region":"paged","raised_time":"2026-02-0%dT00:00:00Z","cleared_time":%s,"message":"m","evidence":{}}""";
        for (int day = 1; day <= 5; day++) {
            write(TOPICS.alerts(), "paged", alert.formatted("p" + day, day, "null"));
        }
        String path = "alerts?active=true&region=paged&limit=2";
        Awaitility.await().until(() -> http.json(path).get("count").asInt() == 5);

        // when
        JsonNode first = http.json(path);
        write(TOPICS.alerts(), "paged", alert.formatted("p4", 4, "\"2026-02-06T00:00:00Z\""));
        Awaitility.await().until(() -> http.json(path).get("count").asInt() == 4);
        JsonNode second = http.json(path + "&after=" + first.get("next").asText());
        JsonNode third = http.json(path + "&after=" + second.get("next").asText());

        // then
        assertThat(first.get("alerts").findValuesAsText("id")).containsExactly("p5", "p4");
        assertThat(second.get("alerts").findValuesAsText("id")).containsExactly("p3", "p2");
        assertThat(third.get("alerts").findValuesAsText("id")).containsExactly("p1");
        assertThat(second.get("count").asInt()).isEqualTo(4);
        assertThat(third.has("next")).isTrue();
        assertThat(third.get("next").isNull()).isTrue();
    }

    private void write(String topic, String key, String value) throws Exception {
        Properties kafka = new Properties();
        kafka.put("bootstrap.servers", broker.servers());
        try (var producer = new KafkaProducer<>(kafka, new ByteArraySerializer(), new ByteArraySerializer())) {
            producer.send(new ProducerRecord<>(topic, key.getBytes(UTF_8), value.getBytes(UTF_8)))
                    .get();
        }
    }

    @Test
    void theModelInForceSaysWhatItIs() {
        JsonNode models = http.json("models");

        assertThat(models.get("device").asText()).isEqualTo(server.device());
        assertThat(models.at("/in_force/sha256").asText())
                .isEqualTo(server.model().sha256());
        assertThat(models.at("/in_force/lookback_hours").asInt()).isEqualTo(90);
        assertThat(models.at("/in_force/scores")).isNotEmpty();
    }

    @Test
    void postedReadingsAreOnTheTopicWhenTheyAreAccepted() {
        // given
        String odd = "a/b + \u00fc, \\\"c\\\"";

        // when
        HttpResponse<String> one = http.post(
                "readings",
                JSON,
                "{\"region\":\"%s\",\"valid_time\":\"2026-01-01T05:00:00Z\",\"load_mw\":1.5}".formatted(odd));
        HttpResponse<String> many = http.post("readings", JSON, """
                [{"region":"posted","valid_time":"2026-01-01T05:00:00Z","load_mw":10},
                 {"region":"posted","valid_time":"2026-01-01T05:30:00Z","load_mw":10}, 7,
                 {"region":"posted","valid_time":"2026-01-01T07:00:00+01:00","load_mw":1.25e1}]""");
        HttpResponse<String> csv = http.post(
                "readings",
                "text/csv",
                "region,valid_time,load_mw\r\nposted,2026-01-01T07:00:00Z,13\r\nposted,2026-01-01T08:00:00Z,\r\n");

        // then
        assertThat(one.statusCode()).isEqualTo(200);
        assertThat(HttpClientOf.tree(many.body()).get("accepted").asInt()).isEqualTo(2);
        assertThat(HttpClientOf.tree(many.body()).get("rejected").findValuesAsText("reason"))
                .containsExactly("not-whole-hour", "not-json");
        assertThat(HttpClientOf.tree(many.body()).get("rejected").findValuesAsText("index"))
                .containsExactly("1", "2");
        assertThat(HttpClientOf.tree(csv.body()).get("rejected").findValuesAsText("reason"))
                .containsExactly("missing-field");
        assertThat(records(TOPICS.readings(), "posted"))
                .extracting(reading -> reading.get("load_mw").asDouble())
                .containsExactly(10.0, 12.5, 13.0);
        String name = "a/b + \u00fc, \"c\"";
        assertThat(records(TOPICS.readings(), name)).hasSize(1);
        Awaitility.await()
                .untilAsserted(() -> assertThat(http.get("regions/"
                                        + URLEncoder.encode(name, UTF_8).replace("+", "%20"))
                                .statusCode())
                        .isEqualTo(200));
    }

    @Test
    void theDescriptionOfTheRoutesIsServed() {
        assertThat(http.get("openapi.yaml").body()).contains("openapi: 3", "/api/v1/readings");
        assertThat(http.json("openapi.json").get("paths").has("/api/v1/stream")).isTrue();
    }

    @Test
    void theStreamTellsWhatIsReadAndIsResumedWhereItWasLeft() throws Exception {
        // given
        String path = "stream?types=tick&regions=streamed,other";
        String id;
        try (EventReader reader = EventReader.open(http, path)) {
            assertThat(reader.response().headers().firstValue("Content-Type").orElseThrow())
                    .startsWith("text/event-stream");
            post("streamed", 0);
            post("unwanted", 0);
            Awaitility.await().until(() -> reader.events().size() == 1);
            assertThat(reader.events().get(0).type()).isEqualTo("tick");
            assertThat(HttpClientOf.tree(reader.events().get(0).data())
                            .get("region")
                            .asText())
                    .isEqualTo("streamed");
            id = reader.lastId();
        }

        // when
        post("streamed", 1);
        post("other", 1);

        // then
        try (EventReader resumed = EventReader.open(http, path, "Last-Event-ID", id)) {
            Awaitility.await().until(() -> resumed.events().size() == 2);
            assertThat(resumed.events())
                    .extracting(event ->
                            HttpClientOf.tree(event.data()).get("region").asText())
                    .containsExactly("streamed", "other");
        }
    }

    private void post(String region, int hour) {
        HttpResponse<String> posted = http.post(
                "readings",
                JSON,
                "{\"region\":\"%s\",\"valid_time\":\"2026-01-01T0%d:00:00Z\",\"load_mw\":1}".formatted(region, hour));
        assertThat(posted.statusCode()).isEqualTo(200);
    }

    @Test
    void whoComesWithAnIdThatIsNotKnownIsToldToReadAnew() throws Exception {
        try (EventReader reader = EventReader.open(http, "stream", "Last-Event-ID", "0-17")) {
            Awaitility.await().until(() -> !reader.events().isEmpty());
            assertThat(reader.events().get(0).type()).isEqualTo("reset");
        }
    }

    @Test
    void aStreamInWhichNothingHappensSaysThatItIsThere() throws Exception {
        try (EventReader reader = EventReader.open(http, "stream?types=dead-letter&regions=quiet")) {
            // when, then
            Awaitility.await()
                    .atMost(Duration.ofSeconds(60))
                    .until(() -> !reader.heartbeats().isEmpty());
            assertThat(reader.heartbeats().get(0)).isEqualTo(new EventReader.Event("", "heartbeat", "{}"));
            assertThat(reader.comments()).containsExactly("region 'quiet' is not known yet");
        }
    }

    @Test
    void aRegionThatIsLateIsToldOfInTheStream() throws Exception {
        try (EventReader reader = EventReader.open(http, "stream?types=state&regions=falling-behind")) {
            // given
            post("falling-behind", 0);

            // when, then
            Awaitility.await().until(() -> !reader.events().isEmpty());
            assertThat(HttpClientOf.tree(reader.events().get(0).data())
                            .get("state")
                            .asText())
                    .isEqualTo(http.json("regions/falling-behind").get("state").asText())
                    .isEqualTo("silent");
        }
    }

    @Test
    void aRefusedRecordIsToldOfInTheStream() throws Exception {
        try (EventReader reader = EventReader.open(http, "stream?types=dead-letter")) {
            // when
            write(TOPICS.readings(), "X", "no reading");

            // then
            Awaitility.await()
                    .atMost(Duration.ofSeconds(60))
                    .until(() -> !broker.read(TOPICS.deadLetters()).isEmpty());
            Awaitility.await()
                    .atMost(Duration.ofSeconds(30))
                    .until(() -> !reader.events().isEmpty());
            assertThat(HttpClientOf.tree(reader.events().get(0).data())
                            .get("reason")
                            .asText())
                    .isEqualTo("not-json");
        }
    }

    @Test
    void moreClientsThanAllowedAreRefusedUntilOneLeaves() throws Exception {
        // given
        List<EventReader> readers = new ArrayList<>();
        try {
            Awaitility.await().until(() -> {
                EventReader reader = EventReader.open(http, "stream?types=alert");
                readers.add(reader);
                return reader.response().statusCode() == 503;
            });

            // when
            readers.get(0).close();

            // then
            Awaitility.await().until(() -> {
                post("leaver", 0); // what is written to who has left is how it is noticed
                EventReader reader = EventReader.open(http, "stream?types=alert");
                readers.add(reader);
                return reader.response().statusCode() == 200;
            });
            assertThat(readers).hasSizeLessThanOrEqualTo(STREAM_CLIENTS * 20);
        } finally {
            for (EventReader reader : readers) {
                reader.close();
            }
        }
    }

    @Test
    void aServerThatIsStartedAgainShowsTheSame() {
        // given
        String path = "regions/SYN_0003/history?from=2026-02-20T00:00:00Z&to=2026-03-01T00:00:00Z";
        JsonNode region = http.json("regions/SYN_0003");
        JsonNode history = http.json(path);
        JsonNode accuracy = http.json("regions/SYN_0003/accuracy?window=all");

        // when
        long before = System.nanoTime();
        server.close();
        long closedSeconds = Duration.ofNanos(System.nanoTime() - before).toSeconds();
        start();

        // then
        Awaitility.await()
                .atMost(Duration.ofSeconds(60))
                .until(() -> http.json("regions").get("complete").asBoolean());
        assertThat(http.json(path)).isEqualTo(history);
        assertThat(http.json("regions/SYN_0003")).isEqualTo(region);
        assertThat(http.json("regions/SYN_0003/accuracy?window=all")).isEqualTo(accuracy);
        assertThat(closedSeconds).isLessThan(10);
    }
}
