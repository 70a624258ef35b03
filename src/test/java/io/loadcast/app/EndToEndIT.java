package io.loadcast.app;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.loadcast.Contract;
import io.loadcast.dataset.CsvFormat;
import io.loadcast.dataset.HourlyCsv;
import io.loadcast.dataset.HourlySeries;
import io.loadcast.dataset.PjmData;
import io.loadcast.domain.EpochHour;
import io.loadcast.feed.Speed;
import io.loadcast.feed.SyntheticGrid;
import io.loadcast.streaming.Topics;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.CompletableFuture;
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
 * The whole road through a real broker, with broker and application stopped and started again while readings are in flight. What
 * comes out is recomputed from the CSV files and the forecasts topic.
 */
class EndToEndIT {
    private static final int LOOKBACK = 90;
    private static final Speed WATCHABLE = new Speed(25);
    private static final Topics TOPICS = Topics.DEFAULT;

    @TempDir
    Path directory;

    private ServedBroker broker;
    private LoadcastServer server;

    @BeforeEach
    void start() {
        broker = ServedBroker.start(directory);
        server = startServer();
    }

    @AfterEach
    void stop() {
        server.close();
        broker.close();
    }

    private LoadcastServer startServer() {
        return startServer(24);
    }

    private LoadcastServer startServer(int backlogHours) {
        return broker.serve(
                Map.of("loadcast.http.enabled", true, "loadcast.http.port", 0, "loadcast.backlog-hours", backlogHours));
    }

    @Test
    void publishedScoresEqualARecomputationFromCsvAcrossRestartsOfBrokerAndApplication() throws IOException {
        // given
        Path csv = Files.createDirectory(directory.resolve("csv"));
        List<HourlySeries> grid = new SyntheticGrid(4, ZoneId.of("Europe/Berlin"), 7)
                .seriesBefore(Instant.parse("2024-04-10T00:00:00Z"), 500);
        for (HourlySeries series : grid) {
            writeCsv(csv, series);
        }
        List<HourlySeries> fromCsv = HourlyCsv.read(csv, CsvFormat.UTC);

        // when
        feedWithRestartsInTheMiddle(fromCsv);

        // then
        verifyAgainst(fromCsv);
    }

    @Test
    void publishedScoresOfRealLoadsEqualARecomputationFromTheFiles() {
        // given
        Path data = PjmData.directory();
        List<HourlySeries> real = HourlyCsv.read(data, CsvFormat.PJM).stream()
                .filter(series ->
                        List.of("AEP", "DUQ", "EKPC").contains(series.region().name()))
                .map(series -> series.last(700))
                .toList();

        // when
        feedWithRestartsInTheMiddle(real);

        // then
        verifyAgainst(real);
    }

    @Test
    void aStateOfAnotherShapeStopsTheTopologyInsteadOfFailingForEver() {
        // given
        List<HourlySeries> grid =
                new SyntheticGrid(1, ZoneId.of("UTC"), 3).seriesBefore(Instant.parse("2024-04-10T00:00:00Z"), LOOKBACK);
        broker.feed(List.of(grid.get(0).slice(0, 50)), Speed.MAX);
        awaitProcessed();
        server.close();

        // when
        server = startServer(30);
        broker.feed(List.of(grid.get(0).slice(50, LOOKBACK)), Speed.MAX);

        // then
        Awaitility.await().atMost(Duration.ofSeconds(60)).until(server::hasStopped);
    }

    @Test
    void recordsThatAreNoReadingsBecomeDeadLettersAndStopNothing() {
        // given
        List<HourlySeries> grid = new SyntheticGrid(1, ZoneId.of("UTC"), 3)
                .seriesBefore(Instant.parse("2024-04-10T00:00:00Z"), LOOKBACK + 1);
        byte[] poison = {(byte) 0xc3, 0x28, 0, 1};
        byte[] large = "x".repeat(900_000).getBytes(UTF_8);

        // when
        produce(null, poison);
        produce("SYN_0001".getBytes(UTF_8), null);
        produce("SYN_0001".getBytes(UTF_8), large);
        produce("SYN_0001".getBytes(UTF_8), "z".repeat(5_000_000).getBytes(UTF_8)); // some kilobytes when compressed
        broker.feed(grid, Speed.MAX);
        awaitProcessed();

        // then
        List<ConsumerRecord<byte[], byte[]>> letters = broker.read(TOPICS.deadLetters());
        assertThat(letters)
                .extracting(letter -> CommittedRecords.header(letter, "loadcast_reason"))
                .containsExactlyInAnyOrder("not-utf-8", "null-value", "too-large", "too-large");
        assertThat(letters).extracting(ConsumerRecord::value).contains(poison, null, Arrays.copyOf(large, 65_537));
        Contract contract = Contract.of("dead-letter-headers");
        for (ConsumerRecord<byte[], byte[]> letter : letters) {
            assertThat(contract.violations(headersOf(letter))).isEmpty();
        }
        assertThat(broker.read(TOPICS.forecasts())).hasSize(LOOKBACK + 1);
    }

    private static JsonNode headersOf(ConsumerRecord<byte[], byte[]> letter) {
        var json = new com.fasterxml.jackson.databind.ObjectMapper().createObjectNode();
        letter.headers().forEach(header -> json.put(header.key(), new String(header.value(), UTF_8)));
        return json;
    }

    /** The feed goes on all the while; each time, readings are in flight. */
    private void feedWithRestartsInTheMiddle(List<HourlySeries> series) {
        CompletableFuture<Void> feeding = CompletableFuture.runAsync(() -> broker.feed(series, WATCHABLE));

        awaitForecasts(series.size() * 50);
        server.close();
        broker.restart();
        server = startServer();
        assertThat(feeding)
                .as("application and broker were stopped in the middle")
                .isNotDone();

        awaitForecasts(series.size() * 150);
        broker.restart();
        assertThat(feeding).as("the broker was stopped in the middle").isNotDone();

        feeding.join();
        awaitProcessed();
    }

    private void awaitForecasts(int count) {
        Awaitility.await()
                .atMost(Duration.ofSeconds(60))
                .until(() -> broker.read(TOPICS.forecasts()).size() >= count);
    }

    private void produce(byte[] key, byte[] value) {
        try (var producer = new KafkaProducer<>(
                Map.of(
                        "bootstrap.servers", broker.servers(),
                        "compression.type", "gzip",
                        "max.request.size", "20000000"),
                new ByteArraySerializer(),
                new ByteArraySerializer())) {
            producer.send(new ProducerRecord<>(TOPICS.readings(), key, value));
        }
    }

    private void awaitProcessed() {
        Properties kafka = new Properties();
        kafka.put("bootstrap.servers", broker.servers());
        try (ProcessedOffsets offsets =
                new ProcessedOffsets(kafka, server.applicationId(), TOPICS, server.counters()::dueHours)) {
            Awaitility.await()
                    .atMost(Duration.ofSeconds(120))
                    .pollInterval(Duration.ofMillis(200))
                    .until(offsets::allOutputsAreCommitted);
        }
    }

    private void verifyAgainst(List<HourlySeries> series) {
        Recomputation expected = new Recomputation(LOOKBACK, series);
        Contract forecastContract = Contract.of("forecast");
        Contract accuracyContract = Contract.of("accuracy");
        List<JsonNode> forecasts = new ArrayList<>();
        for (ConsumerRecord<byte[], byte[]> record : broker.read(TOPICS.forecasts())) {
            JsonNode forecast = Contract.json(record.value());
            assertThat(forecastContract.violations(forecast)).isEmpty();
            assertThat(record.timestamp())
                    .isEqualTo(
                            Instant.parse(forecast.get("issue_time").asText()).toEpochMilli());
            forecasts.add(forecast);
        }
        List<JsonNode> scores = new ArrayList<>();
        for (ConsumerRecord<byte[], byte[]> record : broker.read(TOPICS.accuracy())) {
            JsonNode score = Contract.json(record.value());
            assertThat(accuracyContract.violations(score)).isEmpty();
            scores.add(score);
        }
        expected.requireForecasts(forecasts);
        expected.requireScores(scores);
        assertThat(broker.read(TOPICS.deadLetters())).isEmpty();
    }

    private static void writeCsv(Path directory, HourlySeries series) throws IOException {
        StringBuilder csv = new StringBuilder("valid_time,load_mw\n");
        for (int i = 0; i < series.hours(); i++) {
            // Two single missing hours in each file.
            if (i % 200 != 150) {
                csv.append(EpochHour.start(series.epochHour(i)))
                        .append(',')
                        .append(series.loadMw(i))
                        .append('\n');
            }
        }
        Files.writeString(directory.resolve(series.region().name() + ".csv"), csv);
    }
}
