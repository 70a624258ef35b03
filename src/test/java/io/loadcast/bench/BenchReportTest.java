package io.loadcast.bench;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import java.util.OptionalInt;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class BenchReportTest {

    @Test
    void figuresArePerTickAndTheCeilingIsOfTheBestBatchBeyondOne() {
        // when
        JsonNode json = report(300_000_000L).toJson();

        // then
        assertThat(json.get("ticks_per_second").asDouble()).isEqualTo(500);
        assertThat(json.get("ceiling_windows_per_second").asDouble()).isEqualTo(1000);
        assertThat(json.get("ratio").asDouble()).isEqualTo(0.5);
        assertThat(json.at("/cpu_us_per_tick/inference").asDouble()).isEqualTo(60);
        assertThat(json.at("/cpu_us_per_tick/app_other").asDouble()).isEqualTo(30.5);
        assertThat(json.at("/cpu_us_per_tick/broker").asDouble()).isEqualTo(12);
        assertThat(json.at("/app_cpu_us_per_tick/stream_threads").asDouble()).isEqualTo(70);
        assertThat(json.get("bytes_per_tick").get("loadcast.forecasts.v1").asDouble())
                .isEqualTo(500.5);
        assertThat(json.get("alloc_bytes_per_tick").asLong()).isEqualTo(4000);
        assertThat(json.get("peak_rss_mb").asDouble()).isEqualTo(300);
    }

    @Test
    void memoryThatTheSystemDoesNotTellIsNull() {
        // when
        BenchReport report = report(null);

        // then
        assertThat(report.toJson().get("peak_rss_mb").isNull()).isTrue();
        assertThat(report.toText()).containsPattern("peak memory +unknown");
    }

    private static BenchReport report(@Nullable Long peakRssBytes) {
        BenchReport.Latency latency = new BenchReport.Latency(10, 1, 2, 3);
        return new BenchReport(
                "synthetic",
                10,
                new BenchSettings(6, 1, OptionalInt.empty(), 100, Map.of()),
                "model 1",
                "cpu",
                1000,
                2,
                new TreeMap<>(Map.of(1, 5000.0, 16, 900.0, 32, 1000.0)),
                250,
                latency,
                latency,
                60_000_000,
                30_500_000,
                12_000_000,
                Map.of(ServingUsage.STREAM_THREADS, 70_000_000L),
                64,
                60,
                new TreeMap<>(Map.of("loadcast.forecasts.v1", 500_500L)),
                4_000_000,
                peakRssBytes,
                1.5);
    }
}
