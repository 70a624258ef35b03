package io.loadcast.monitoring;

import io.loadcast.forecasting.ForecastEngine;
import io.loadcast.streaming.Counters;
import io.prometheus.metrics.model.registry.MultiCollector;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.util.Locale;
import org.apache.kafka.streams.KafkaStreams;

/** How the program stands: the topology, the model and its device, what is due. Thread-safe. */
public final class ProgramMeters implements MultiCollector {
    private final ProgramStatus.Source source;
    private final ForecastEngine engine;
    private final Counters counters;

    public ProgramMeters(ProgramStatus.Source source, ForecastEngine engine, Counters counters) {
        this.source = source;
        this.engine = engine;
        this.counters = counters;
    }

    @Override
    public MetricSnapshots collect() {
        ProgramStatus status = source.now();
        Family state = new Family("loadcast_streams_state", "The state of Kafka Streams: 1 of the one it is in.");
        for (KafkaStreams.State one : KafkaStreams.State.values()) {
            state.add(one == status.streams() ? 1 : 0, "state", one.name().toLowerCase(Locale.ROOT));
        }
        return MetricSnapshots.of(
                state.gauge(),
                new Family("loadcast_ready", "Whether the readiness probe says yes.")
                        .add(Health.readiness(status).isUp() ? 1 : 0)
                        .gauge(),
                new Family("loadcast_due_forecasts", "Hours that were read and wait for their forecast.")
                        .add(counters.dueHours())
                        .gauge(),
                new Family("loadcast_device", "What forecasts run on.")
                        .add(1, "device", engine.device())
                        .info(),
                new Family("loadcast_model", "The model that is served.")
                        .add(
                                1,
                                "name",
                                engine.model().name(),
                                "version",
                                engine.model().version(),
                                "sha256",
                                engine.model().sha256())
                        .info());
    }
}
