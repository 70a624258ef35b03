package io.loadcast.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.loadcast.app.CommittedRecords;
import io.loadcast.broker.EmbeddedBroker;
import io.loadcast.http.HttpClientOf;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The commands, as processes. */
class CommandsIT {
    private static final int SECONDS = 90;
    private static final ObjectMapper JSON = new ObjectMapper().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

    @TempDir
    Path directory;

    @Test
    void demoWithExitAndJsonPutsOneDocumentOnStdout() throws Exception {
        try (LoadcastProcess demo =
                LoadcastProcess.start("demo", "--exit", "--json", "--hours", "150", "--regions", "2")) {
            // when
            int exitCode = demo.exitCode(SECONDS);

            // then
            assertThat(exitCode).as(demo.stderr()).isZero();
            JsonNode summary = JSON.readTree(demo.stdout());
            assertThat(summary.get("readings").asInt()).isEqualTo(300);
            assertThat(summary.get("forecasts").asInt()).isEqualTo(2 * 150);
            assertThat(summary.get("scored").asInt()).isEqualTo(2 * 149);
            assertThat(summary.get("dead_letters").asInt()).isZero();
            assertThat(summary.get("smape_pct").asDouble()).isBetween(0.1, 5.0);
            assertThat(summary.get("baseline_smape_pct").asDouble()).isBetween(0.1, 5.0);
            assertThat(summary.get("ticks_per_second").asDouble()).isPositive();
            assertThat(summary.at("/regions/SYN_0002/scored").asInt()).isEqualTo(149);
            assertThat(summary.at("/outcomes/forecast.ok").asInt()).isEqualTo(2 * (150 - 89));
            assertThat(summary.at("/outcomes/forecast.fallback").asInt()).isEqualTo(2 * 89);
            assertThat(summary.at("/outcomes/forecast.method.model").asInt()).isEqualTo(2 * (150 - 89));
            assertThat(summary.at("/outcomes/forecast.method.last-value").asInt())
                    .isGreaterThanOrEqualTo(2 * 23);
            assertThat(summary.at("/outcomes/forecast.withheld.warming-up").asInt())
                    .isZero();
            assertThat(summary.at("/outcomes/reading.first").asInt()).isEqualTo(2);
            assertThat(demo.stderr()).contains("imaginary grid").doesNotContain("Exception");
        }
    }

    @Test
    void demoWithoutExitSaysThatItsFiguresAreFinalAndWhatGoesOn() throws Exception {
        try (LoadcastProcess demo = LoadcastProcess.start(
                "demo", "--hours", "30", "--regions", "1", "--speed", "max", "--http-port", "0")) {
            // when
            awaitOnStderr(demo, "to replay what was fed");

            // then
            assertThat(demo.stdout()).contains("30 readings, 30 forecasts");
            assertThat(demo.stderr())
                    .contains("the feed has ended, and the figures above are final. It goes on serving until Ctrl-C")
                    .contains("the page is at " + urlOf(demo))
                    .contains("./loadcast replay -b 127.0.0.1:");
            assertThat(new HttpClientOf(urlOf(demo)).json("regions").at("/regions"))
                    .hasSize(1);
            demo.terminate();
            assertThat(demo.exitCode(20)).isEqualTo(143);
        }
    }

    @Test
    void demoWithMetersForecastsWhatTheyAddUpTo() throws Exception {
        try (LoadcastProcess demo = LoadcastProcess.start(
                "demo", "--exit", "--json", "--hours", "92", "--regions", "2", "--meters", "12")) {
            // when
            int exitCode = demo.exitCode(SECONDS);

            // then
            assertThat(exitCode).as(demo.stderr()).isZero();
            JsonNode summary = JSON.readTree(demo.stdout());
            assertThat(summary.get("readings").asInt()).isEqualTo(2 * 92);
            assertThat(summary.get("forecasts").asInt()).isEqualTo(2 * 92);
            assertThat(summary.get("dead_letters").asInt()).isZero();
            JsonNode outcomes = summary.get("outcomes");
            assertThat(outcomes.get("metered-hour.complete").asInt()).isEqualTo(2 * 92);
            assertThat(outcomes.get("meter-reading.accepted").asInt()).isEqualTo(2 * 92 * 3 * 19);
            assertThat(outcomes.get("meter.learned").asInt()).isEqualTo(24);
        }
    }

    @Test
    void demoWithCsvSaysWhatIsWrongWithAFile() throws Exception {
        // given
        Path csv = Files.writeString(
                directory.resolve("north.csv"), "time,load_mw\n2024-01-01T00:00Z,12\n2024-01-01T01:00Z,x\n");

        try (LoadcastProcess demo = LoadcastProcess.start("demo", "--exit", "--csv", csv.toString())) {
            // when
            int exitCode = demo.exitCode(SECONDS);

            // then
            assertThat(exitCode).isEqualTo(1);
            assertThat(demo.stdout()).isEmpty();
            assertThat(demo.stderr()).contains("north.csv:3").contains("'x'").doesNotContain("\tat ");
        }
    }

    @Test
    void serveForecastsWhatFeedPublishesUntilItIsTerminated() throws Exception {
        // given
        Path csv = directory.resolve("north.csv");
        Files.writeString(csv, hourlyCsv(100));
        try (EmbeddedBroker broker = EmbeddedBroker.startTemporary();
                LoadcastProcess serve = LoadcastProcess.start(
                        "serve",
                        "--http-port",
                        "0",
                        "-b",
                        broker.bootstrapServers(),
                        "--state-dir",
                        directory.resolve("state").toString(),
                        "--set",
                        "loadcast.topics.partitions=1")) {
            awaitOnStderr(serve, "running");
            HttpClientOf http = new HttpClientOf(urlOf(serve));

            // when
            JsonNode fed = json("feed", "--csv", csv.toString(), "-b", broker.bootstrapServers(), "--json");
            JsonNode topics = json("topics", "describe", "-b", broker.bootstrapServers(), "--json");

            // then
            assertThat(fed.get("readings").asInt()).isEqualTo(100);
            assertThat(topics.get("topics")).hasSize(7).allSatisfy(topic -> {
                assertThat(topic.get("exists").asBoolean()).isTrue();
                assertThat(topic.get("partitions").asInt()).isEqualTo(1);
            });
            Awaitility.await()
                    .atMost(Duration.ofSeconds(30))
                    .untilAsserted(
                            () -> assertThat(CommittedRecords.of(broker.bootstrapServers(), "loadcast.forecasts.v1"))
                                    .hasSize(100));
            Awaitility.await()
                    .untilAsserted(() -> assertThat(
                                    http.json("regions").at("/regions/0/state").asText())
                            .isEqualTo("live"));
            serve.terminate();
            assertThat(serve.exitCode(20)).isEqualTo(143);
            assertThat(serve.stderr()).contains("stopping").doesNotContain("Exception");
        }
    }

    @Test
    void serveWithMetersForecastsWhatFeedSendsAsMeters() throws Exception {
        // given
        Path csv = directory.resolve("north.csv");
        Files.writeString(csv, hourlyCsv(95));
        try (EmbeddedBroker broker = EmbeddedBroker.startTemporary();
                LoadcastProcess serve = LoadcastProcess.start(
                        "serve",
                        "--http-port",
                        "0",
                        "-b",
                        broker.bootstrapServers(),
                        "--state-dir",
                        directory.resolve("state").toString(),
                        "--meters")) {
            awaitOnStderr(serve, "running");

            // when
            JsonNode fed =
                    json("feed", "--csv", csv.toString(), "-b", broker.bootstrapServers(), "--meters", "4", "--json");

            // then
            assertThat(fed.get("topic").asText()).isEqualTo("loadcast.meter-readings.v1");
            assertThat(fed.get("readings").asInt()).isEqualTo(95);
            assertThat(fed.get("records").asInt()).isEqualTo(95 * 19);
            Awaitility.await()
                    .atMost(Duration.ofSeconds(30))
                    .untilAsserted(
                            () -> assertThat(CommittedRecords.of(broker.bootstrapServers(), "loadcast.forecasts.v1"))
                                    .hasSize(95));
        }
    }

    @Test
    void topicsDescribeExitsWith1WhileATopicIsMissing() throws Exception {
        try (EmbeddedBroker broker = EmbeddedBroker.startTemporary();
                LoadcastProcess describe =
                        LoadcastProcess.start("topics", "describe", "-b", broker.bootstrapServers())) {
            assertThat(describe.exitCode(SECONDS)).isEqualTo(1);
            assertThat(describe.stdout()).contains("loadcast.forecasts.v1").contains("missing");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"serve --no-http", "feed --csv %s", "topics create"})
    void aClusterThatDoesNotAnswerIsOneLineAndExitCode1(String command) throws Exception {
        // given
        Path csv = Files.writeString(directory.resolve("north.csv"), hourlyCsv(2));
        String[] arguments = (command.formatted(csv) + " -b 127.0.0.1:9").split(" ");

        try (LoadcastProcess process = LoadcastProcess.start(arguments)) {
            // when
            int exitCode = process.exitCode(SECONDS);

            // then
            assertThat(exitCode).as(process.stderr()).isEqualTo(1);
            assertThat(process.stderr().lines().filter(line -> !line.contains("loadcast.default-holidays is not set")))
                    .singleElement()
                    .asString()
                    .contains("no Kafka broker answered at 127.0.0.1:9");
            assertThat(process.stdout()).isEmpty();
        }
    }

    @Test
    void serveSaysWhatToDoAboutAPortThatIsTaken() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                LoadcastProcess serve = LoadcastProcess.start(
                        "serve", "-b", "127.0.0.1:9", "--http-port", Integer.toString(taken.getLocalPort()))) {
            assertThat(serve.exitCode(SECONDS)).isEqualTo(1);
            assertThat(serve.stderr().lines())
                    .filteredOn(line -> line.contains("loadcast.http.port is " + taken.getLocalPort()))
                    .singleElement()
                    .asString()
                    .contains("--http-port", "--no-http");
            assertThat(serve.stderr()).doesNotContain("\tat ");
        }
    }

    private static String urlOf(LoadcastProcess serve) {
        return serve.stderr()
                .lines()
                .filter(line -> line.contains("HTTP at "))
                .findFirst()
                .orElseThrow()
                .replaceFirst(".*HTTP at ", "");
    }

    @Test
    void serveRefusesCudaWhereThereIsNone() throws Exception {
        try (LoadcastProcess serve =
                LoadcastProcess.start("serve", "--no-http", "-b", "127.0.0.1:9", "--device", "cuda")) {
            assertThat(serve.exitCode(SECONDS)).isEqualTo(1);
            assertThat(serve.stderr().lines()).hasSize(1).allMatch(line -> line.contains("device cuda"));
        }
    }

    @Test
    void aCommandLineThatOnnxRuntimeDiesOfIsRefusedAndTakenFromAFile() throws Exception {
        // given
        String missing = directory.resolve("x".repeat(200)).toString();
        String[] arguments = Stream.concat(
                        Stream.of("inspect"), Stream.generate(() -> missing).limit(20))
                .toArray(String[]::new);
        Path file = Files.write(directory.resolve("arguments"), List.of(arguments));

        try (LoadcastProcess given = LoadcastProcess.start(arguments);
                LoadcastProcess fromFile = LoadcastProcess.start("@" + file)) {
            // when
            int exitCode = given.exitCode(SECONDS);
            fromFile.exitCode(SECONDS);

            // then
            assertThat(exitCode).isEqualTo(2);
            assertThat(given.stderr().lines()).singleElement().asString().contains("longer than 3900", "@FILE");
            assertThat(fromFile.stderr()).doesNotContain("longer than").contains("x".repeat(200));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "demo --hours 0",
                "demo --speed fast",
                "demo --meters 100000000",
                "serve",
                "serve -b x:1 --set loadcast.nope=1",
                "serve -b x:1 --set lodcast.default-zone=UTC",
                "serve -b x:1 --application-id a/b",
                "bench --set loadcast.backlog-hours=0",
                "feed -b x:1",
                "alerts -b x:1 --kind nonsense",
                "digest -b x:1 --from 2019-01-01 --to 2018-01-01",
                "replay -b x:1 --from 2019-01-01 --to 2018-01-01",
                "replay -b x:1 --out-suffix a/b",
                "replay -b x:1 --set loadcast.backlog-hours=0",
                "compare --from-topic -b x:1 --set loadcast.nope=1"
            })
    void wrongUsageIsExitCode2(String command) throws Exception {
        String[] arguments = command.isEmpty() ? new String[0] : command.split(" ");
        try (LoadcastProcess process = LoadcastProcess.start(arguments)) {
            assertThat(process.exitCode(SECONDS)).isEqualTo(2);
            List<String> told = process.stderr()
                    .lines()
                    .filter(line -> !line.startsWith("loadcast compare: replays"))
                    .toList();
            assertThat(told)
                    .hasSize(2)
                    .first()
                    .asString()
                    .startsWith(("loadcast " + command.split(" ")[0]).strip() + ": ");
            assertThat(process.stderr()).contains("--help'");
        }
    }

    @Test
    void aCommandThatDoesNotExistIsExitCode2() throws Exception {
        try (LoadcastProcess process = LoadcastProcess.start("serv")) {
            assertThat(process.exitCode(SECONDS)).isEqualTo(2);
            assertThat(process.stderr()).contains("'serv'").contains("loadcast serve");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "demo",
                "serve",
                "feed",
                "train",
                "evaluate",
                "inspect",
                "topics",
                "topics create",
                "topics describe"
            })
    void everyCommandHasHelp(String command) throws Exception {
        String[] arguments = (command + " --help").strip().split(" ");
        try (LoadcastProcess process = LoadcastProcess.start(arguments)) {
            assertThat(process.exitCode(SECONDS)).isZero();
            assertThat(process.stdout()).startsWith(("Usage: loadcast " + command).strip());
            assertThat(process.stderr()).isEmpty();
        }
    }

    private static JsonNode json(String... arguments) throws InterruptedException, IOException {
        try (LoadcastProcess process = LoadcastProcess.start(arguments)) {
            assertThat(process.exitCode(SECONDS)).as(process.stderr()).isZero();
            return JSON.readTree(process.stdout());
        }
    }

    private static void awaitOnStderr(LoadcastProcess process, String text) {
        Awaitility.await().atMost(Duration.ofSeconds(SECONDS)).until(() -> {
            assertThat(process.isAlive()).as(process.stderr()).isTrue();
            return process.stderr().contains(text);
        });
    }

    private static String hourlyCsv(int hours) {
        StringBuilder csv = new StringBuilder("time,load_mw\n");
        Instant first = Instant.parse("2024-01-01T00:00:00Z");
        for (int hour = 0; hour < hours; hour++) {
            csv.append(first.plus(Duration.ofHours(hour)))
                    .append(',')
                    .append(1000 + hour % 24)
                    .append('\n');
        }
        return csv.toString();
    }
}
