package io.loadcast.bench;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/**
 * What a benchmark has measured.
 *
 * @param model name and version
 * @param ticks forecasts of the measured run, all of them counted on their topic
 * @param seconds that it took
 * @param ceilings windows a second of the engine alone, by batch size
 * @param batch1TicksPerSecond the same run with batches of one
 * @param burst from before the first reading was sent until each forecast was seen
 * @param lone the same, of one reading alone
 * @param cpuNanosByThreads of the application in the measured run, by kind of thread
 * @param batchSize windows in one run of the model, at most
 * @param windowsPerRun windows in one run of the model, on average
 * @param bytes that were written, by topic
 */
public record BenchReport(
        String source,
        int regions,
        BenchSettings settings,
        String model,
        String device,
        long ticks,
        double seconds,
        SortedMap<Integer, Double> ceilings,
        double batch1TicksPerSecond,
        Latency burst,
        Latency lone,
        long inferenceCpuNanos,
        long otherCpuNanos,
        long brokerCpuNanos,
        Map<String, Long> cpuNanosByThreads,
        int batchSize,
        double windowsPerRun,
        SortedMap<String, Long> bytes,
        long allocatedBytes,
        @Nullable Long peakRssBytes,
        double restoreSeconds) {

    /** Milliseconds. */
    public record Latency(int count, double p50Millis, double p99Millis, double lastMillis) {
        static Latency of(Latencies all) {
            return new Latency(
                    all.count(), all.percentileMillis(50), all.percentileMillis(99), all.percentileMillis(100));
        }
    }

    double ticksPerSecond() {
        return ticks / seconds;
    }

    /** Of the best batch size that serving would choose; one by one is no choice. */
    double ceiling() {
        return ceilings.tailMap(2).values().stream()
                .mapToDouble(Double::doubleValue)
                .max()
                .orElseThrow();
    }

    double ratio() {
        return ticksPerSecond() / ceiling();
    }

    /** All figures; {@code docs/benchmarks.md} says what each means. */
    public ObjectNode toJson() {
        ObjectNode json = Requests.JSON.createObjectNode();
        json.put("ticks_per_second", round(ticksPerSecond(), 1))
                .put("ceiling_windows_per_second", round(ceiling(), 1))
                .put("ratio", round(ratio(), 4))
                .put("batch1_ticks_per_second", round(batch1TicksPerSecond, 1));
        json.putObject("burst")
                .put("regions", burst.count())
                .put("p50_ms", round(burst.p50Millis(), 1))
                .put("p99_ms", round(burst.p99Millis(), 1))
                .put("last_ms", round(burst.lastMillis(), 1));
        json.put("tick_p50_ms", round(lone.p50Millis(), 1)).put("tick_p99_ms", round(lone.p99Millis(), 1));
        json.putObject("cpu_us_per_tick")
                .put("inference", microsPerTick(inferenceCpuNanos))
                .put("app_other", microsPerTick(otherCpuNanos))
                .put("broker", microsPerTick(brokerCpuNanos));
        ObjectNode byThreads = json.putObject("app_cpu_us_per_tick");
        cpuNanosByThreads.forEach((kind, nanos) -> byThreads.put(kind, microsPerTick(nanos)));
        ObjectNode perTopic = json.putObject("bytes_per_tick");
        bytes.forEach((topic, count) -> perTopic.put(topic, round((double) count / ticks, 1)));
        json.put("alloc_bytes_per_tick", allocatedBytes / ticks);
        if (peakRssBytes == null) {
            json.putNull("peak_rss_mb");
        } else {
            json.put("peak_rss_mb", round(peakRssBytes / 1e6, 1));
        }
        json.put("restore_seconds", round(restoreSeconds, 2));
        json.set("setup", setup());
        return json;
    }

    private ObjectNode setup() {
        ObjectNode setup = Requests.JSON.createObjectNode();
        setup.put("source", source)
                .put("regions", regions)
                .put("ticks", ticks)
                .put("seconds", round(seconds, 3))
                .put("model", model)
                .put("device", device)
                .put("partitions", settings.partitions())
                .put("threads", settings.threads())
                .put("batch_size", batchSize)
                .put("windows_per_run", round(windowsPerRun, 1))
                .put("lone_ticks", lone.count())
                .put("processors", Runtime.getRuntime().availableProcessors())
                .put("java", Runtime.version().toString());
        ObjectNode byBatch = setup.putObject("ceiling_windows_per_second_by_batch");
        ceilings.forEach((size, rate) -> byBatch.put(String.valueOf(size), round(rate, 1)));
        return setup;
    }

    /** The same for people. */
    public String toText() {
        StringBuilder text = new StringBuilder();
        row(text, "", "%s on %s, %,d regions (%s)", model, device, regions, source);
        row(text, "", "%,d ticks in %.2f s", ticks, seconds);
        row(
                text,
                "",
                "%d partitions, %d stream threads, batches of %d (%.1f on average)",
                settings.partitions(),
                settings.threads(),
                batchSize,
                windowsPerRun);
        row(text, "end to end", "%,10.0f ticks/s", ticksPerSecond());
        row(text, "ceiling, engine alone", "%,10.0f windows/s", ceiling());
        row(text, "ratio", "%10.3f", ratio());
        row(text, "batches of one", "%,10.0f ticks/s", batch1TicksPerSecond);
        row(
                text,
                "burst",
                "%,10.0f ms p50, %,.0f ms p99, %,.0f ms last of %,d",
                burst.p50Millis(),
                burst.p99Millis(),
                burst.lastMillis(),
                burst.count());
        row(text, "lone tick", "%10.1f ms p50, %.1f ms p99", lone.p50Millis(), lone.p99Millis());
        row(
                text,
                "CPU a tick",
                "%10.1f µs inference, %.1f µs application beyond it, %.1f µs broker",
                microsPerTick(inferenceCpuNanos),
                microsPerTick(otherCpuNanos),
                microsPerTick(brokerCpuNanos));
        cpuNanosByThreads.forEach((kind, nanos) ->
                row(text, "", "%10.1f µs of the application: %s", microsPerTick(nanos), kind.replace('_', ' ')));
        bytes.forEach((topic, count) -> row(text, "bytes a tick", "%10.1f %s", (double) count / ticks, topic));
        row(text, "allocated a tick", "%,10d bytes", allocatedBytes / ticks);
        row(
                text,
                "peak memory",
                peakRssBytes == null ? "unknown" : "%10.0f MB",
                (peakRssBytes == null ? 0 : peakRssBytes / 1e6));
        row(text, "restore", "%10.2f s", restoreSeconds);
        return text.toString().stripTrailing();
    }

    private static void row(StringBuilder text, String name, String format, Object... values) {
        text.append(String.format(Locale.ROOT, "%-22s ", name))
                .append(String.format(Locale.ROOT, format, values))
                .append(System.lineSeparator());
    }

    private double microsPerTick(long nanos) {
        return round(nanos / 1e3 / ticks, 2);
    }

    private static double round(double value, int decimals) {
        double scale = Math.pow(10, decimals);
        return Math.round(value * scale) / scale;
    }
}
