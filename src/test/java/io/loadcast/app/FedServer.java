package io.loadcast.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.loadcast.broker.EmbeddedBroker;
import io.loadcast.dataset.HourlySeries;
import io.loadcast.domain.EpochHour;
import io.loadcast.domain.Region;
import io.loadcast.feed.FeedProgress;
import io.loadcast.feed.ReadingsPublisher;
import io.loadcast.feed.Speed;
import io.loadcast.feed.SyntheticGrid;
import io.loadcast.feed.TimeOrderedReadings;
import io.loadcast.forecasting.ModelId;
import io.loadcast.inference.ModelFile;
import io.loadcast.inference.TestModels;
import io.loadcast.models.ModelCatalog;
import io.loadcast.models.ModelChanges;
import io.loadcast.models.ModelChanges.Role;
import io.loadcast.models.ModelDescriptor;
import io.loadcast.models.ModelRecord;
import io.loadcast.models.ModelScope;
import io.loadcast.models.ModelTopicWriter;
import io.loadcast.streaming.Topics;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.awaitility.Awaitility;

/** A server with a broker of its own, which was fed an imaginary grid, a region with a gap, and one with a bad name. */
final class FedServer implements AutoCloseable {
    static final int GRID_REGIONS = 3;
    static final Instant END = Instant.parse("2024-04-10T00:00:00Z");
    static final String GAPPY = "GAPPY";

    /** Has one load. */
    static final String LONE = "LONE";

    /** Has one load, of some hours before the others. */
    static final String BEHIND = "BEHIND";

    static final int REGIONS = GRID_REGIONS + 4;

    private static final String HOSTILE = "<img src=x onerror=document.title='owned'>\u0007 \u202eevil";
    private static final long SEED = 11;
    private static final int HOURS = 140;
    private static final ZoneId ZONE = ZoneId.of("Europe/Berlin");

    private final Path directory;
    private final EmbeddedBroker broker;
    private final String url;
    private LoadcastServer server;

    private FedServer(Path directory) {
        this.directory = directory;
        this.broker = EmbeddedBroker.start(directory.resolve("broker"), 0);
        this.server = start(0, Map.of());
        this.url = server.url().orElseThrow();
    }

    static FedServer start(Path directory) throws IOException, InterruptedException {
        FedServer fed = new FedServer(directory);
        fed.feed();
        return fed;
    }

    /** The same as long as it lives, with a slash at its end. */
    String url() {
        return url;
    }

    ModelId model() {
        return server.model();
    }

    void stop() {
        server.close();
    }

    /** At the same port. */
    void startAgain() {
        server = start(URI.create(url).getPort(), Map.of());
    }

    /** Another one, whose topics nobody has written to. They are this name's alone. */
    LoadcastServer startEmpty(String name) {
        Topics topics = Topics.DEFAULT;
        return start(
                0,
                Map.of(
                        "loadcast.topics.readings",
                        name + "-" + topics.readings(),
                        "loadcast.topics.forecasts",
                        name + "-" + topics.forecasts(),
                        "loadcast.topics.accuracy",
                        name + "-" + topics.accuracy(),
                        "loadcast.topics.alerts",
                        name + "-" + topics.alerts(),
                        "loadcast.topics.dead-letters",
                        name + "-" + topics.deadLetters(),
                        "kafka.streams.default.application.id",
                        name,
                        "kafka.streams.default.state.dir",
                        directory.resolve(name).toString()));
    }

    private LoadcastServer start(int port, Map<String, Object> further) {
        Map<String, Object> settings = new HashMap<>(Map.of(
                "loadcast.http.port",
                port,
                "loadcast.default-zone",
                ZONE.getId(),
                "loadcast.default-holidays",
                "none",
                "loadcast.topics.partitions",
                2,
                "kafka.bootstrap.servers",
                broker.bootstrapServers(),
                "kafka.streams.default.state.dir",
                directory.resolve("state").toString()));
        settings.putAll(further);
        return LoadcastServer.start(settings, Optional.empty());
    }

    /** The grid by the feed, the others by HTTP. */
    private void feed() throws IOException, InterruptedException {
        List<HourlySeries> grid = new SyntheticGrid(GRID_REGIONS, ZONE, SEED).seriesBefore(END, HOURS);
        try (ReadingsPublisher publisher = ReadingsPublisher.connect(
                Map.of("bootstrap.servers", broker.bootstrapServers()), Topics.DEFAULT.readings(), "/test")) {
            publisher.publish(TimeOrderedReadings.of(grid), Speed.MAX, FeedProgress.NONE);
        }
        HourlySeries model = grid.get(0);
        List<String> readings = new ArrayList<>();
        for (int i = 0; i < HOURS; i++) {
            if (i < HOURS - 20 || i >= HOURS - 5) {
                readings.add(json(GAPPY, EpochHour.start(model.epochHour(i)), model.loadMw(i) / 2));
            }
            if (i > HOURS - 30) {
                readings.add(json(HOSTILE, EpochHour.start(model.epochHour(i)), model.loadMw(i) / 3));
            }
        }
        readings.add(json(LONE, END.minus(Duration.ofHours(1)), 123.4));
        readings.add(json(BEHIND, END.minus(Duration.ofHours(7)), 49.0));
        post("[" + String.join(",", readings) + "]");
        Awaitility.await().atMost(Duration.ofMinutes(3)).untilAsserted(() -> {
            var view = server.view();
            assertThat(view.regions()).hasSize(REGIONS);
            assertThat(view.regions())
                    .filteredOn(region -> !Set.of(LONE, BEHIND).contains(region.region()))
                    .allSatisfy(region -> {
                        assertThat(region.nextHour()).isNotNull();
                        assertThat(region.nextHour().issueTime()).isEqualTo(END.minus(Duration.ofHours(1)));
                    });
            assertThat(view.alerts())
                    .anyMatch(alert -> alert.get("kind").asText().equals("feed-gap"));
        });
    }

    private static String json(String region, Instant validTime, double loadMw) {
        String name = region.replace("\u0007", "\\u0007");
        return "{\"region\": \"" + name + "\", \"valid_time\": \"" + validTime + "\", \"load_mw\": " + loadMw + "}";
    }

    /** Another model, champion of one region and challenger in all that have none of their own. */
    void publishAnother(String region) {
        byte[] file = TestModels.shippedAs("another", "2");
        ModelFile model = ModelFile.of("another", file);
        ModelDescriptor published = new ModelDescriptor(
                model.id(),
                model.manifest().architecture(),
                model.manifest().lookbackHours(),
                model.manifest().horizonHours(),
                model.sizeBytes(),
                null,
                Instant.now());
        List<ModelScope> one = List.of(new ModelScope(new Region(region)));
        List<ModelScope> all = List.of(ModelScope.ALL);
        change(catalog -> ModelChanges.publish(catalog, published, file, Role.CHAMPION, one));
        change(catalog -> ModelChanges.publish(catalog, published, file, Role.CHALLENGER, all));
        Awaitility.await()
                .atMost(Duration.ofSeconds(60))
                .until(() -> server.models().inForce().challengers().size() == 1
                        && server.models().inForce().regionChampions().size() == 1);
    }

    private void change(Function<ModelCatalog, List<ModelRecord>> change) {
        ModelTopicWriter.change(
                Map.of("bootstrap.servers", broker.bootstrapServers()), Topics.DEFAULT.models(), change);
    }

    void post(String region, Instant validTime, double loadMw) throws IOException, InterruptedException {
        post(json(region, validTime, loadMw));
    }

    private void post(String body) throws IOException, InterruptedException {
        post(url, body);
    }

    /** To one that was started empty: loads of hour after hour. */
    static void post(LoadcastServer empty, String region, Instant first, int hours)
            throws IOException, InterruptedException {
        List<String> readings = new ArrayList<>();
        for (int i = 0; i < hours; i++) {
            readings.add(json(region, first.plus(Duration.ofHours(i)), 100.0 + i));
        }
        post(empty.url().orElseThrow(), "[" + String.join(",", readings) + "]");
    }

    /** One alert that is active, and many newer ones that are over, on the topic of one that was started empty. */
    void publishAlerts(String name, LoadcastServer empty, int over) {
        try (KafkaProducer<byte[], byte[]> producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", broker.bootstrapServers()),
                new ByteArraySerializer(),
                new ByteArraySerializer())) {
            for (int i = 0; i <= over; i++) {
                Instant raised = END.plus(Duration.ofMinutes(i));
                String cleared = i == 0 ? "null" : "\"" + raised.plus(Duration.ofHours(1)) + "\"";
                String alert = "{\"id\": \"dead-letters/" + i
                        + "\", \"kind\": \"dead-letters\", \"severity\": \"warning\", \"region\": null, \"raised_time\": \""
                        + raised
                        + "\", \"cleared_time\": " + cleared + ", \"message\": \"number " + i + "\", \"evidence\": {}}";
                producer.send(new ProducerRecord<>(
                        name + "-" + Topics.DEFAULT.alerts(),
                        "dead-letters".getBytes(StandardCharsets.UTF_8),
                        alert.getBytes(StandardCharsets.UTF_8)));
            }
        }
        Awaitility.await()
                .atMost(Duration.ofSeconds(60))
                .until(() -> empty.view().alerts().size() == over + 1);
    }

    private static void post(String url, String body) throws IOException, InterruptedException {
        HttpResponse<String> response = HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(URI.create(url + "api/v1/readings"))
                                .header("Content-Type", "application/json")
                                .POST(HttpRequest.BodyPublishers.ofString(body))
                                .build(),
                        HttpResponse.BodyHandlers.ofString());
        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        assertThat(response.body()).contains("\"rejected\":[]");
    }

    @Override
    public void close() {
        server.close();
        broker.close();
    }
}
