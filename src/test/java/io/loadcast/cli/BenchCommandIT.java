package io.loadcast.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code loadcast bench} as a process, small: that its figures are there and agree with each other, not how large they are. */
class BenchCommandIT {
    private static final ObjectMapper JSON = new ObjectMapper().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);
    private static final int SECONDS = 240;
    private static final int REGIONS = 20;
    private static final int HOURS = 30;

    @TempDir
    Path directory;

    @Test
    void oneRunReportsAllFiguresAndCountsEveryForecast() throws Exception {
        try (LoadcastProcess bench = LoadcastProcess.start(
                "bench",
                "--regions",
                String.valueOf(REGIONS),
                "--hours",
                String.valueOf(HOURS),
                "--lead-in",
                "500",
                "--partitions",
                "2",
                "--json")) {
            // when
            int exitCode = bench.exitCode(SECONDS);

            // then
            assertThat(exitCode).as(bench.stderr()).isZero();
            JsonNode json = JSON.readTree(bench.stdout());
            assertThat(json.at("/setup/ticks").asLong()).isEqualTo(REGIONS * HOURS);
            assertThroughputFits(json);
            assertLatenciesFit(json);
            assertCostsFit(json);
            assertThat(bench.stderr()).contains("measures").doesNotContain("Exception", "ERROR");
        }
    }

    private static void assertThroughputFits(JsonNode json) {
        double ticks = json.get("ticks_per_second").asDouble();
        double ceiling = json.get("ceiling_windows_per_second").asDouble();
        assertThat(ticks).isPositive();
        assertThat(json.get("ratio").asDouble()).isCloseTo(ticks / ceiling, within(0.001));
        assertThat(json.get("batch1_ticks_per_second").asDouble()).isPositive();
        assertThat(ticks * json.at("/setup/seconds").asDouble()).isCloseTo(REGIONS * HOURS, within(5.0));
        assertThat(json.at("/setup/batch_size").asInt()).isEqualTo(32);
        assertThat(json.at("/setup/windows_per_run").asDouble()).isBetween(1.0, 32.0);
    }

    private static void assertLatenciesFit(JsonNode json) {
        JsonNode burst = json.get("burst");
        assertThat(burst.get("regions").asInt()).isEqualTo(REGIONS);
        assertThat(List.of(
                        0.0,
                        burst.get("p50_ms").asDouble(),
                        burst.get("p99_ms").asDouble(),
                        burst.get("last_ms").asDouble()))
                .isSorted();
        assertThat(json.at("/setup/lone_ticks").asInt()).isEqualTo(100);
        assertThat(json.get("tick_p50_ms").asDouble()).isPositive();
        assertThat(json.get("tick_p99_ms").asDouble())
                .isGreaterThanOrEqualTo(json.get("tick_p50_ms").asDouble());
        assertThat(json.get("restore_seconds").asDouble()).isBetween(0.5, 60.0);
    }

    private static void assertCostsFit(JsonNode json) {
        JsonNode cpu = json.get("cpu_us_per_tick");
        assertThat(cpu.get("inference").asDouble()).isPositive();
        assertThat(cpu.get("broker").asDouble()).isPositive();
        double app = cpu.get("inference").asDouble() + cpu.get("app_other").asDouble();
        double byThreads = 0;
        for (JsonNode kind : json.get("app_cpu_us_per_tick")) {
            byThreads += kind.asDouble();
        }
        assertThat(byThreads).isCloseTo(app, within(1.0));
        assertThat(json.at("/app_cpu_us_per_tick/stream_threads").asDouble())
                .isGreaterThan(cpu.get("inference").asDouble());

        JsonNode bytes = json.get("bytes_per_tick");
        assertThat(bytes.get("loadcast.readings.v1").asDouble()).isBetween(10.0, 500.0);
        assertThat(bytes.get("loadcast.forecasts.v1").asDouble()).isBetween(100.0, 3000.0);
        assertThat(bytes.get("loadcast.accuracy.v1").asDouble()).isPositive();
        assertThat(bytes.get("loadcast-region-state-changelog").asDouble()).isPositive();
        assertThat(json.get("alloc_bytes_per_tick").asLong()).isPositive();
        if (Files.exists(Path.of("/proc/self/status"))) {
            assertThat(json.get("peak_rss_mb").asDouble()).isBetween(50.0, 5000.0);
        }
    }

    @Test
    void aFileWithTooFewHoursIsRefusedInOneLine() throws Exception {
        // given
        StringBuilder csv = new StringBuilder("time,load_mw\n");
        for (int hour = 0; hour < 50; hour++) {
            csv.append(Instant.parse("2024-01-01T00:00:00Z").plus(Duration.ofHours(hour)))
                    .append(",100\n");
        }
        Path file = Files.writeString(directory.resolve("north.csv"), csv);

        try (LoadcastProcess bench = LoadcastProcess.start("bench", "--csv", file.toString(), "--json")) {
            // when
            int exitCode = bench.exitCode(SECONDS);

            // then
            assertThat(exitCode).isEqualTo(1);
            assertThat(bench.stdout()).isEmpty();
            assertThat(bench.stderr()).contains("north", "50 hours").doesNotContain("\tat ");
        }
    }

    @Test
    void aModelThatCannotBeReadIsToldAndNoProcessIsLeft() throws Exception {
        try (LoadcastProcess bench = LoadcastProcess.start(
                "bench", "--model", directory.resolve("none.onnx").toString())) {
            // when
            int exitCode = bench.exitCode(SECONDS);

            // then
            assertThat(exitCode).isEqualTo(1);
            assertThat(bench.stderr()).contains("none.onnx").doesNotContain("\tat ");
        }
    }

    @Test
    void terminatedInTheMiddleItLeavesNeitherProcessesNorData() throws Exception {
        // given
        Path temporaryFiles = Files.createDirectory(directory.resolve("tmp"));
        try (LoadcastProcess bench = LoadcastProcess.startIn(temporaryFiles, "bench", "--regions", "50")) {
            Awaitility.await()
                    .atMost(Duration.ofSeconds(SECONDS))
                    .until(() -> bench.stderr().contains("feeds warm-up"));
            List<ProcessHandle> children = bench.children();
            assertThat(children).hasSize(2);

            // when
            bench.terminate();

            // then
            bench.exitCode(SECONDS);
            Awaitility.await()
                    .atMost(Duration.ofSeconds(10))
                    .until(() -> children.stream().noneMatch(ProcessHandle::isAlive));
            try (Stream<Path> files = Files.list(temporaryFiles)) {
                assertThat(files.map(file -> file.getFileName().toString()))
                        .noneMatch(name -> name.startsWith("loadcast-bench-"));
            }
        }
    }
}
