package io.loadcast.monitoring;

import io.prometheus.metrics.model.registry.MultiCollector;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import io.prometheus.metrics.model.snapshots.PrometheusNaming;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.common.Metric;
import org.apache.kafka.common.MetricName;

/**
 * What Kafka Streams and its clients measure themselves, as it is at the scrape and with all its tags: threads, tasks, stores, topics,
 * partitions. Thread-safe.
 *
 * <p>Implementation notes. Bound one by one to Micrometer, a meter of each metric would stay as its thread goes, come a minute after it,
 * and be left out where the same name has more tags elsewhere, as the lag of a partition has. What cannot be said in a number, or was not
 * measured yet, is left out; so are connections to single brokers.
 */
public final class StreamsFigures implements MultiCollector {
    private static final Set<String> LEFT_OUT =
            Set.of("kafka-metrics-count", "app-info", "consumer-node-metrics", "producer-node-metrics");
    private static final String TOTAL = "_total";
    private static final String TOPIC = "topic";

    private final Supplier<Map<MetricName, ? extends Metric>> metrics;

    /** @param metrics what there is now, asked for at each scrape */
    public StreamsFigures(Supplier<Map<MetricName, ? extends Metric>> metrics) {
        this.metrics = metrics;
    }

    @Override
    public MetricSnapshots collect() {
        Map<String, Family> families = new TreeMap<>();
        Map<MetricName, ? extends Metric> now = metrics.get();
        Set<String> doubles = doubles(now.keySet());
        now.forEach((name, metric) -> {
            if (isShown(name) && !doubles.contains(name.tags().getOrDefault(TOPIC, ""))) {
                String[] labels = labels(name);
                value(metric)
                        .ifPresent(value -> families.computeIfAbsent(
                                        nameOf(name),
                                        key -> new Family(PrometheusNaming.sanitizeMetricName(key), helpOf(name)))
                                .add(value, labels));
            }
        });
        List<MetricSnapshot> snapshots = new ArrayList<>(families.size());
        families.forEach((name, family) -> snapshots.add(name.endsWith(TOTAL) ? family.counter() : family.gauge()));
        return new MetricSnapshots(snapshots);
    }

    /** Of a topic with a period Kafka's consumer shows each figure twice, once under a name without it, as it did long ago. */
    private static Set<String> doubles(Set<MetricName> names) {
        return names.stream()
                .map(name -> name.tags().getOrDefault(TOPIC, ""))
                .filter(topic -> topic.contains("."))
                .map(topic -> topic.replace('.', '_'))
                .collect(Collectors.toSet());
    }

    private static boolean isShown(MetricName name) {
        return !LEFT_OUT.contains(name.group()) && !name.group().startsWith("admin-client");
    }

    private static OptionalDouble value(Metric metric) {
        try {
            return metric.metricValue() instanceof Number number && Double.isFinite(number.doubleValue())
                    ? OptionalDouble.of(number.doubleValue())
                    : OptionalDouble.empty();
        } catch (RuntimeException e) { // a store that is being closed
            return OptionalDouble.empty();
        }
    }

    /** As JMX has it: {@code kafka_consumer_fetch_manager_records_lag}. */
    private static String nameOf(MetricName name) {
        return "kafka_" + sanitized(name.group().replaceFirst("-metrics$", "")) + "_" + sanitized(name.name());
    }

    private static String helpOf(MetricName name) {
        return name.description().isBlank() ? name.name() + " of " + name.group() : name.description();
    }

    private static String[] labels(MetricName name) {
        Map<String, String> tags = new HashMap<>();
        name.tags().forEach((key, value) -> tags.put(sanitized(key), String.valueOf(value)));
        return tags.entrySet().stream()
                .flatMap(tag -> Stream.of(tag.getKey(), tag.getValue()))
                .toArray(String[]::new);
    }

    private static String sanitized(String name) {
        return name.replaceAll("[^a-zA-Z0-9]", "_");
    }
}
