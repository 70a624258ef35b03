package io.loadcast.monitoring;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.loadcast.streaming.Counters;
import io.loadcast.streaming.OpenEnd;
import io.prometheus.metrics.expositionformats.PrometheusTextFormatWriter;
import io.prometheus.metrics.model.registry.MultiCollector;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.common.Metric;
import org.apache.kafka.common.MetricName;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

/** What is read at a scrape. */
class CollectorsTest {
    private static final TopicPartition ONE = new TopicPartition("one", 0);
    private static final TopicPartition OTHER = new TopicPartition("one", 1);

    @Test
    void everyCounterHasANameOfItsOwnAndNoneIsLeftOver() throws IOException {
        // when
        String text = text(new CountedEvents(new Counters()));

        // then
        assertThat(text)
                .contains("loadcast_readings_total{outcome=\"next\"} 0.0")
                .contains("loadcast_readings_total{outcome=\"rejected\"} 0.0")
                .contains("loadcast_dead_letters_total{input=\"readings\",reason=\"unconfirmed\"} 0.0")
                .contains("loadcast_suspects_total{kind=\"spike\"} 0.0")
                .contains("loadcast_forecasts_total{quality=\"ok\"} 0.0")
                .contains("loadcast_forecasts_total{quality=\"fallback\"} 0.0")
                .contains("loadcast_forecasts_by_method_total{method=\"hour-of-week\"} 0.0")
                .contains("loadcast_fallbacks_total{cause=\"long-gap\"} 0.0")
                .doesNotContain("quality=\"method", "quality=\"fallback.")
                .contains("loadcast_forecasts_reissued_total 0.0")
                .contains("loadcast_forecasts_withheld_total{reason=\"long-gap\"} 0.0")
                .contains("loadcast_alerts_total{change=\"raised\",kind=\"device-lost\"} 0.0")
                .doesNotContain("loadcast_events_total{");
    }

    @Test
    void kafkasFiguresKeepAllTheirTags() throws IOException {
        // given
        Map<MetricName, Metric> metrics = new LinkedHashMap<>();
        put(metrics, "stream-task-metrics", "process-total", 7.0, Map.of("thread-id", "t-1", "task-id", "0_0"));
        put(metrics, "stream-task-metrics", "process-total", 8.0, Map.of("thread-id", "t-1", "task-id", "0_1"));
        put(metrics, "consumer-fetch-manager-metrics", "records-lag-max", 5.0, Map.of("client-id", "c"));
        put(
                metrics,
                "consumer-fetch-manager-metrics",
                "records-lag-max",
                3.0,
                Map.of("client-id", "c", "topic", "a.b", "partition", "0"));

        // when
        String text = text(new StreamsFigures(() -> metrics));

        // then
        assertThat(text)
                .contains("kafka_stream_task_process_total{task_id=\"0_0\",thread_id=\"t-1\"} 7.0")
                .contains("kafka_stream_task_process_total{task_id=\"0_1\",thread_id=\"t-1\"} 8.0")
                .contains("kafka_consumer_fetch_manager_records_lag_max{client_id=\"c\"} 5.0")
                .contains(
                        "kafka_consumer_fetch_manager_records_lag_max{client_id=\"c\",partition=\"0\",topic=\"a.b\"} 3.0");
    }

    @Test
    void whatIsNoNumberOrSaidTwiceOrOfAStoreThatClosesIsLeftOut() throws IOException {
        // given
        Map<MetricName, Metric> metrics = new LinkedHashMap<>();
        put(metrics, "stream-metrics", "state", "RUNNING", Map.of());
        put(metrics, "stream-metrics", "never-measured", Double.NaN, Map.of());
        put(metrics, "consumer-fetch-manager-metrics", "records-lag", 1.0, Map.of("topic", "a.b", "partition", "0"));
        put(metrics, "consumer-fetch-manager-metrics", "records-lag", 1.0, Map.of("topic", "a_b", "partition", "0"));
        MetricName closing = new MetricName("num-live-versions", "stream-state-metrics", "", Map.of());
        metrics.put(closing, new Figure(closing, null));

        // when
        String text = text(new StreamsFigures(() -> metrics));

        // then
        assertThat(text.lines().filter(line -> !line.startsWith("#")))
                .containsExactly("kafka_consumer_fetch_manager_records_lag{partition=\"0\",topic=\"a.b\"} 1.0");
    }

    @Test
    void aNameThatCouldBreakALineIsEscaped() throws IOException {
        // given
        MultiCollector collector = () -> io.prometheus.metrics.model.snapshots.MetricSnapshots.of(
                new Family("loadcast_x", "x").add(1, "region", "N\n\"x\" 1\\").gauge());

        // when, then
        assertThat(text(collector).lines().filter(line -> !line.startsWith("#")))
                .containsExactly("loadcast_x{region=\"N\\n\\\"x\\\" 1\\\\\"} 1.0");
    }

    @Test
    void aRestoreIsCountedFromItsStartToItsEnd() {
        // given
        AtomicLong nanos = new AtomicLong();
        RestoreProgress progress = new RestoreProgress(nanos::get);

        // when
        progress.onRestoreStart(ONE, "store", 100, 1_100);
        nanos.set(Duration.ofSeconds(3).toNanos());
        progress.onRestoreStart(OTHER, "store", 0, 500);
        progress.onBatchRestored(ONE, "store", 400, 300);
        nanos.set(Duration.ofSeconds(5).toNanos());

        // then
        assertThat(progress.snapshot()).isEqualTo(new RestoreProgress.Snapshot(2, 0, 300, 1_500, 5));

        // when
        progress.onBatchRestored(ONE, "store", 1_100, 690); // ten of the offsets are markers
        progress.onRestoreEnd(ONE, "store", 990);

        // then
        assertThat(progress.snapshot()).isEqualTo(new RestoreProgress.Snapshot(1, 1, 990, 1_490, 2));

        // when
        progress.onRestoreSuspended(OTHER, "store", 0);

        // then
        assertThat(progress.snapshot()).isEqualTo(new RestoreProgress.Snapshot(0, 1, 990, 990, 0));
    }

    @Test
    void anOffsetIsStuckWhileItStandsBeforeTheEnd() {
        // given
        StuckOffsets stuck = new StuckOffsets();
        long second = Duration.ofSeconds(1).toNanos();

        // when, then
        assertThat(stuck.look(Map.of(ONE, new OpenEnd(5, 9), OTHER, new OpenEnd(7, 7)), 0))
                .containsOnly(Map.entry("one", Duration.ZERO));
        assertThat(stuck.look(Map.of(ONE, new OpenEnd(5, 12), OTHER, new OpenEnd(7, 7)), 30 * second))
                .containsOnly(Map.entry("one", Duration.ofSeconds(30)));
        assertThat(stuck.look(Map.of(ONE, new OpenEnd(6, 12), OTHER, new OpenEnd(7, 7)), 60 * second))
                .as("it moved")
                .containsOnly(Map.entry("one", Duration.ZERO));
        assertThat(stuck.look(Map.of(ONE, new OpenEnd(12, 12)), 90 * second))
                .as("nothing is open")
                .containsOnly(Map.entry("one", Duration.ZERO));
    }

    private static String text(MultiCollector collector) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        new PrometheusTextFormatWriter(false).write(bytes, collector.collect());
        return bytes.toString(UTF_8);
    }

    private static void put(
            Map<MetricName, Metric> metrics, String group, String name, Object value, Map<String, String> tags) {
        MetricName key = new MetricName(name, group, "a figure", tags);
        metrics.put(key, new Figure(key, value));
    }

    /** @param value null for one that cannot be read */
    private record Figure(MetricName metricName, Object value) implements Metric {
        @Override
        public Object metricValue() {
            if (value == null) {
                throw new IllegalStateException("closed");
            }
            return value;
        }
    }
}
