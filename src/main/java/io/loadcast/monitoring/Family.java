package io.loadcast.monitoring;

import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import io.prometheus.metrics.model.snapshots.CounterSnapshot.CounterDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot.GaugeDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.InfoSnapshot;
import io.prometheus.metrics.model.snapshots.InfoSnapshot.InfoDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import java.util.LinkedHashMap;
import java.util.Map;

/** All samples of one name at one scrape, told apart by their labels. Used on one thread. */
final class Family {
    private final String name;
    private final String help;
    private final Map<Labels, Double> samples = new LinkedHashMap<>();

    /** @param name as in Prometheus, without {@code _total} */
    Family(String name, String help) {
        this.name = name;
        this.help = help;
    }

    /** Adds to the sample of these labels, or begins it. */
    Family add(double value, String... namesAndValues) {
        samples.merge(Labels.of(namesAndValues), value, Double::sum);
        return this;
    }

    /** As what only grows. */
    MetricSnapshot counter() {
        CounterSnapshot.Builder snapshot = CounterSnapshot.builder().name(name).help(help);
        samples.forEach((labels, value) -> snapshot.dataPoint(
                CounterDataPointSnapshot.builder().labels(labels).value(value).build()));
        return snapshot.build();
    }

    /** As what does not change: its labels say it. The name gets the suffix {@code _info}. */
    MetricSnapshot info() {
        InfoSnapshot.Builder snapshot = InfoSnapshot.builder().name(name).help(help);
        samples.keySet()
                .forEach(labels -> snapshot.dataPoint(
                        InfoDataPointSnapshot.builder().labels(labels).build()));
        return snapshot.build();
    }

    /** As what may go up and down. */
    MetricSnapshot gauge() {
        GaugeSnapshot.Builder snapshot = GaugeSnapshot.builder().name(name).help(help);
        samples.forEach((labels, value) -> snapshot.dataPoint(
                GaugeDataPointSnapshot.builder().labels(labels).value(value).build()));
        return snapshot.build();
    }
}
