package io.loadcast.monitoring;

import io.micrometer.core.instrument.binder.kafka.KafkaStreamsMetrics;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.prometheus.metrics.model.registry.MultiCollector;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.Supplier;
import org.apache.kafka.streams.KafkaStreams;

/**
 * What a serving loadcast shows to Prometheus beside what records itself: figures that are there anyway and are read at each scrape, and
 * those of Kafka Streams with all their tags. Thread-safe; whoever made it closes it.
 */
public final class ServingMetrics implements AutoCloseable {
    private final PrometheusMeterRegistry registry;
    private final List<MultiCollector> collectors;
    private final ScheduledExecutorService executor = Executors.newSingleThreadScheduledExecutor(work -> {
        Thread thread = new Thread(work, "streams-metrics");
        thread.setDaemon(true);
        return thread;
    });

    /** @param collectors are registered here, and no more when it is closed */
    public ServingMetrics(PrometheusMeterRegistry registry, List<MultiCollector> collectors) {
        this.registry = registry;
        this.collectors = List.copyOf(collectors);
        collectors.forEach(registry.getPrometheusRegistry()::register);
    }

    /** Binds the figures of Kafka Streams once the topology runs: only then do its tasks have some. Looks for new ones every minute. */
    public void bindWhenRunning(StreamsObservation observation, Supplier<KafkaStreams> streams) {
        observation.whenRunning(() -> executor.execute(() -> bind(streams.get())));
    }

    @SuppressWarnings("resource") // its close removes meters from a registry that goes with it
    private void bind(KafkaStreams streams) {
        new KafkaStreamsMetrics(streams, List.of(), executor).bindTo(registry);
    }

    @Override
    public void close() {
        executor.shutdownNow();
        collectors.forEach(registry.getPrometheusRegistry()::unregister);
    }
}
