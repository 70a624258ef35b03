package io.loadcast.monitoring;

import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.prometheus.metrics.model.registry.MultiCollector;
import java.util.List;

/**
 * What a serving loadcast shows to Prometheus beside what records itself: figures that are there anyway, and are read at each scrape.
 * Whoever made it closes it.
 */
public final class ServingMetrics implements AutoCloseable {
    private final PrometheusMeterRegistry registry;
    private final List<MultiCollector> collectors;

    /** @param collectors are registered here, and no more when it is closed */
    public ServingMetrics(PrometheusMeterRegistry registry, List<MultiCollector> collectors) {
        this.registry = registry;
        this.collectors = List.copyOf(collectors);
        collectors.forEach(registry.getPrometheusRegistry()::register);
    }

    @Override
    public void close() {
        collectors.forEach(registry.getPrometheusRegistry()::unregister);
    }
}
