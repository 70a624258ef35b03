package io.loadcast.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.loadcast.app.CommittedRecords;
import io.loadcast.broker.EmbeddedBroker;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code serve} that is told to end while it works and is watched, and what it logs for programs. */
class ServeStopIT {
    private static final int SECONDS = 90;
    private static final int REGIONS = 20;
    private static final int HOURS = 300;
    private static final int READINGS = REGIONS * HOURS;
    private static final int FORECASTS = READINGS;
    private static final Pattern URL = Pattern.compile("http://[0-9.]+:[0-9]+/");
    private static final ObjectMapper JSON = new ObjectMapper().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

    @TempDir
    Path directory;

    @Test
    void itEndsWithinTenSecondsLeavesTheGroupAndLosesNothingThoughAClientListens() throws Exception {
        Path csv = Files.createDirectory(directory.resolve("csv"));
        for (int region = 0; region < REGIONS; region++) {
            Files.writeString(csv.resolve("region" + region + ".csv"), hourlyCsv(1000 * (region + 1)));
        }
        try (EmbeddedBroker broker = EmbeddedBroker.startTemporary()) {
            try (LoadcastProcess serve = serve(broker)) {
                // given
                awaitOnStderr(serve, "\"running\"");
                InputStream events = listen(url(serve));
                try (LoadcastProcess feed = LoadcastProcess.start(
                        "feed", "--csv", csv.toString(), "--speed", "40", "-b", broker.bootstrapServers(), "--json")) {
                    Awaitility.await().atMost(Duration.ofSeconds(SECONDS)).until(() -> forecasts(broker) > 100);

                    // when
                    long start = System.nanoTime();
                    serve.terminate();
                    int exitCode = serve.exitCode(30);
                    Duration taken = Duration.ofNanos(System.nanoTime() - start);

                    // then
                    System.out.println("serve ended " + taken.toMillis() + " ms after SIGTERM");
                    assertThat(taken).as(serve.stderr()).isLessThan(Duration.ofSeconds(10));
                    assertThat(exitCode).as(serve.stderr()).isEqualTo(143);
                    assertThat(members(broker)).isZero();
                    assertThat(new String(events.readAllBytes(), UTF_8)).contains("event: ");
                    assertThat(feed.exitCode(SECONDS)).as(feed.stderr()).isZero();
                }
                assertThat(serve.stderr().lines()).isNotEmpty().allSatisfy(line -> {
                    JsonNode event = JSON.readTree(line);
                    assertThat(event.get("level").asText()).isIn("INFO", "WARN");
                    assertThat(event.get("formattedMessage").asText()).isNotBlank();
                });
            }
            try (LoadcastProcess again = serve(broker)) {
                // when
                Awaitility.await()
                        .atMost(Duration.ofSeconds(SECONDS))
                        .failFast("serve has ended", () -> !again.isAlive())
                        .until(() -> forecasts(broker) >= FORECASTS);

                // then
                assertThat(CommittedRecords.of(broker.bootstrapServers(), "loadcast.forecasts.v1").stream()
                                .map(record -> CommittedRecords.header(record, "ce_id")))
                        .hasSize(FORECASTS)
                        .doesNotHaveDuplicates();
                assertThat(CommittedRecords.of(broker.bootstrapServers(), "loadcast.readings.v1"))
                        .hasSize(READINGS);
            }
        }
    }

    /** Posts as fast as answers come, from several clients at once, until they are told to come again later. */
    @Test
    void everyPostDuringAStopIsTakenOrRefusedInSoManyWordsAndReadinessSaysThatItStops() throws Exception {
        try (EmbeddedBroker broker = EmbeddedBroker.startTemporary();
                LoadcastProcess serve = serve(broker)) {
            // given
            awaitOnStderr(serve, "\"running\"");
            String url = url(serve);
            List<PostingClient> clients = IntStream.range(0, 4)
                    .mapToObj(number -> PostingClient.start(url, "north" + number))
                    .toList();
            ReadinessReader readiness = ReadinessReader.start(url);
            Awaitility.await()
                    .atMost(Duration.ofSeconds(SECONDS))
                    .until(() -> clients.stream().allMatch(client -> client.accepted() > 20));

            // when
            long start = System.nanoTime();
            serve.terminate();
            int exitCode = serve.exitCode(30);
            Duration taken = Duration.ofNanos(System.nanoTime() - start);

            // then
            System.out.println("serve ended " + taken.toMillis() + " ms after SIGTERM, posts: " + clients + ", "
                    + readiness.answers());
            assertThat(taken).isLessThan(Duration.ofSeconds(10));
            assertThat(exitCode).isEqualTo(143);
            assertThat(clients)
                    .allSatisfy(client -> assertThat(client.awaitFailures()).isEmpty());
            assertThat(clients)
                    .anySatisfy(client -> assertThat(client.refused()).isPositive());
            assertThat(readiness.answers())
                    .last()
                    .asString()
                    .startsWith("503 ")
                    .contains("is being stopped")
                    .contains("\"topology\":\"running\"");
            assertThat(CommittedRecords.of(broker.bootstrapServers(), "loadcast.readings.v1"))
                    .hasSize(clients.stream().mapToInt(PostingClient::accepted).sum());
        }
    }

    @Test
    void aLogFormatThatDoesNotExistIsWrongUsage() throws Exception {
        try (LoadcastProcess serve = LoadcastProcess.start("serve", "--log-format", "xml", "-b", "127.0.0.1:9")) {
            assertThat(serve.exitCode(SECONDS)).isEqualTo(2);
            assertThat(serve.stderr()).contains("--log-format", "'xml'", "JSON");
        }
    }

    private LoadcastProcess serve(EmbeddedBroker broker) {
        return LoadcastProcess.start(
                "serve",
                "--log-format=json",
                "--http-port=0",
                "-b",
                broker.bootstrapServers(),
                "--state-dir",
                directory.resolve("state").toString(),
                "--set",
                "loadcast.topics.partitions=2");
    }

    private static String url(LoadcastProcess serve) {
        Matcher found = URL.matcher(serve.stderr().replace("\\/", "/")); // as JSON may have it
        assertThat(found.find()).as(serve.stderr()).isTrue();
        return found.group();
    }

    private static InputStream listen(String url) throws IOException, InterruptedException {
        HttpRequest request =
                HttpRequest.newBuilder(URI.create(url + "api/v1/stream")).build();
        HttpResponse<InputStream> answer =
                HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofInputStream());
        assertThat(answer.statusCode()).isEqualTo(200);
        return answer.body();
    }

    private static long forecasts(EmbeddedBroker broker) {
        return CommittedRecords.of(broker.bootstrapServers(), "loadcast.forecasts.v1")
                .size();
    }

    private static int members(EmbeddedBroker broker) throws ExecutionException, InterruptedException {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()))) {
            return admin.describeConsumerGroups(List.of("loadcast"))
                    .all()
                    .get()
                    .get("loadcast")
                    .members()
                    .size();
        }
    }

    private static String hourlyCsv(int base) {
        Instant first = Instant.parse("2024-01-01T00:00:00Z");
        return IntStream.range(0, HOURS)
                .mapToObj(hour -> first.plus(Duration.ofHours(hour)) + "," + (base + hour % 24 * 10))
                .collect(Collectors.joining("\n", "time,load_mw\n", "\n"));
    }

    private static void awaitOnStderr(LoadcastProcess process, String text) {
        Awaitility.await().atMost(Duration.ofSeconds(SECONDS)).until(() -> {
            assertThat(process.isAlive()).as(process.stderr()).isTrue();
            return process.stderr().contains(text);
        });
    }
}
