package io.loadcast.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.loadcast.app.CommittedRecords;
import io.loadcast.broker.EmbeddedBroker;
import io.loadcast.inference.TestModels;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The commands {@code replay}, {@code digest} and {@code compare --from-topic}, as processes. */
class ReplayCommandIT {
    private static final int SECONDS = 240;
    private static final int HOURS = 160;
    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    Path directory;

    private Path csv() throws IOException {
        Path files = Files.createDirectories(directory.resolve("csv"));
        for (String region : List.of("north", "west")) {
            StringBuilder csv = new StringBuilder("time,load_mw\n");
            Instant first = Instant.parse("2024-01-01T00:00:00Z");
            for (int hour = 0; hour < HOURS; hour++) {
                double load = 1000 + 200 * Math.sin(hour * Math.PI / 12) + (hour * 7919L % 100) / 10.0;
                csv.append(first.plus(Duration.ofHours(hour)))
                        .append(String.format(Locale.ROOT, ",%.1f%n", region.equals("west") ? load / 3 : load));
            }
            Files.writeString(files.resolve(region + ".csv"), csv);
        }
        return files;
    }

    private static String output(String... arguments) throws InterruptedException, IOException {
        try (LoadcastProcess process = LoadcastProcess.start(arguments)) {
            assertThat(process.exitCode(SECONDS)).as(process.stderr()).isZero();
            return process.stdout();
        }
    }

    private static JsonNode json(String... arguments) throws InterruptedException, IOException {
        return JSON.readTree(output(arguments));
    }

    private String[] withState(String... arguments) {
        List<String> all = new ArrayList<>(List.of(arguments));
        all.addAll(List.of("--state-dir", directory.resolve("state").toString()));
        return all.toArray(String[]::new);
    }

    @Test
    void filesAreReplayedWithoutABrokerIntoASummaryAndAReport() throws Exception {
        // given
        Path report = directory.resolve("report");

        // when
        JsonNode summary = json("replay", "--csv", csv().toString(), "--json", "--report", report.toString());

        // then
        assertThat(summary.get("values").asText()).isEqualTo("of files");
        assertThat(summary.get("records").asLong()).isEqualTo(2 * HOURS);
        assertThat(summary.get("taken").asLong()).isEqualTo(2 * HOURS);
        assertThat(summary.get("missing")).isEmpty();
        assertThat(summary.at("/forecasts/forecasts").asLong()).isEqualTo(2 * HOURS);
        assertThat(summary.get("dead_letters")).isEmpty();
        assertThat(summary.get("scores")).hasSize(4).allSatisfy(score -> {
            assertThat(score.get("smape_pct").asDouble()).isBetween(0.01, 20.0);
            assertThat(score.get("baseline_smape_pct").asDouble()).isBetween(0.01, 20.0);
        });
        assertThat(report.resolve("report.html"))
                .content()
                .contains("Protocol published")
                .contains("seasonal-naive-24h");
    }

    @Test
    void whatFeedPublishedIsReplayedDigestedAndReplayedWithTwoModels() throws Exception {
        try (EmbeddedBroker broker = EmbeddedBroker.start(directory.resolve("broker"), 0)) {
            // given
            String servers = broker.bootstrapServers();
            output("topics", "create", "-b", servers, "--partitions", "2");
            output("feed", "--csv", csv().toString(), "-b", servers);
            Path model = Files.write(directory.resolve("persistence.onnx"), TestModels.persistence());

            // when
            String text = output(withState("replay", "-b", servers, "--regions", "west,NOPE", "--from", "2024-01-02"));
            JsonNode digest = json("digest", "-b", servers, "--topic", "loadcast.forecasts.v1.replay", "--json");
            String lines = output("digest", "-b", servers, "--topic", "loadcast.forecasts.v1.replay");
            JsonNode comparison = json(withState(
                    "compare",
                    "--from-topic",
                    "-b",
                    servers,
                    "shipped",
                    model.toString(),
                    "--json",
                    "--report",
                    directory.resolve("what-if").toString()));

            // then
            assertThat(text)
                    .contains("136 of 320 records of loadcast.readings.v1 replayed (values as read), 1 regions")
                    .contains(digest.get("sha256").asText())
                    .contains("dead letters: none")
                    .contains("model gru-attention 1, SHA-256 ")
                    .contains("loadcast.default-zone=UTC", "loadcast.default-holidays=none")
                    .contains("live: not compared with loadcast.forecasts.v1: live has no forecast of these regions")
                    .contains("MISSING: no reading of NOPE is taken");
            try (LoadcastProcess nobody = LoadcastProcess.start(
                    "digest", "-b", servers, "--topic", "loadcast.forecasts.v1.replay", "--regions", "NOPE")) {
                assertThat(nobody.exitCode(SECONDS)).isEqualTo(2);
                assertThat(nobody.stderr()).contains("has no region NOPE; it has west");
            }
            assertThat(digest.at("/regions/west/forecasts").asInt()).isEqualTo(136);
            assertThat(digest.at("/regions/west/first_issue_time").asText()).isEqualTo("2024-01-02T00:00:00Z");
            assertThat(lines)
                    .contains(digest.get("sha256").asText())
                    .contains(digest.at("/regions/west/sha256").asText());
            verifyByPython(servers, digest);

            assertThat(comparison.get("protocol").asText()).isEqualTo("published");
            assertThat(comparison.get("models")).hasSize(2);
            assertThat(comparison.at("/models/0/name").asText()).isEqualTo("gru-attention");
            assertThat(comparison.at("/models/1/smape_pct/24").asDouble()).isPositive();
            assertThat(directory.resolve("what-if/report.html")).exists();
            assertThat(directory.resolve("what-if/comparison.md")).content().contains("gru-attention");

            // when it is done again, with other options
            try (LoadcastProcess other = LoadcastProcess.start(withState("replay", "-b", servers))) {
                assertThat(other.exitCode(SECONDS)).isEqualTo(1);
                assertThat(other.stderr())
                        .contains("--regions was NOPE,west and is all", "--out-suffix", "--restart")
                        .doesNotContain("\tat ");
            }
        }
    }

    /** The script that the documentation names, if there is a Python to run it. */
    private void verifyByPython(String servers, JsonNode digest) throws IOException, InterruptedException {
        Path records = directory.resolve("forecasts.json");
        try (var out = Files.newBufferedWriter(records, UTF_8)) {
            for (var record : CommittedRecords.of(servers, "loadcast.forecasts.v1.replay")) {
                out.write(new String(record.value(), UTF_8) + "\n");
            }
        }
        Path printed = directory.resolve("digest.txt");
        try {
            Process python = new ProcessBuilder("python3", "src/main/scripts/digest.py")
                    .redirectInput(records.toFile())
                    .redirectOutput(printed.toFile())
                    .start();
            assertThat(python.waitFor(1, TimeUnit.MINUTES)).isTrue();
        } catch (IOException e) {
            System.out.println("no python3: " + e.getMessage());
            return;
        }
        assertThat(Files.readAllLines(printed))
                .containsExactly(
                        digest.at("/regions/west/sha256").asText() + " west",
                        digest.get("sha256").asText() + " (all)");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "replay                                              | Give --bootstrap-servers, or --csv.",
                "replay -b 127.0.0.1:9 --in-place --out-suffix a     | Give --out-suffix or --in-place, not both.",
                "replay -b x:1 --zone Europe/Berlin                  | Option --zone has no meaning without --csv",
                "compare --csv x --from 2018-01-01                   | Option --from has no meaning beside --csv",
                "compare --from-topic                                | Give --bootstrap-servers with --from-topic.",
                "digest -b x:1 --from yesterday                      | 'yesterday' is no time",
                "digest -b x:1 --from 2019-01-01 --to 2018-01-01     | is not before --to 2018-01-01T00:00:00Z",
            })
    void whatIsAskedForWronglyIsToldWithExitCode2(String line, String told) throws Exception {
        try (LoadcastProcess process = LoadcastProcess.start(line.split(" "))) {
            assertThat(process.exitCode(SECONDS)).isEqualTo(2);
            assertThat(process.stderr()).contains(told).doesNotContain("\tat ");
        }
    }

    @Test
    void aClusterThatIsAwayIsAFailureOfOneLine() throws Exception {
        try (LoadcastProcess away = LoadcastProcess.start("replay", "-b", "127.0.0.1:9")) {
            assertThat(away.exitCode(SECONDS)).isEqualTo(1);
            assertThat(away.stderr().lines().toList())
                    .singleElement()
                    .asString()
                    .contains("no Kafka broker answered");
        }
    }

    @Test
    void regionsOfFilesThatAreNotThereAreRefusedWithThoseThatAre() throws Exception {
        try (LoadcastProcess none =
                LoadcastProcess.start("replay", "--csv", csv().toString(), "--regions", "NOPE,weste")) {
            assertThat(none.exitCode(SECONDS)).isEqualTo(2);
            assertThat(none.stderr()).contains("has no region NOPE, weste; it has north, west");
        }
    }
}
