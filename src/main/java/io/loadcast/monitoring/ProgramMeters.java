package io.loadcast.monitoring;

import io.loadcast.forecasting.ModelId;
import io.loadcast.forecasting.ModelSnapshot;
import io.loadcast.forecasting.ServedModels;
import io.loadcast.streaming.Counters;
import io.prometheus.metrics.model.registry.MultiCollector;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.util.Locale;
import org.apache.kafka.streams.KafkaStreams;

/** How the program stands: the topology, the model and its device, what is due. Thread-safe. */
public final class ProgramMeters implements MultiCollector {
    private final ProgramStatus.Source source;
    private final ServedModels models;
    private final Counters counters;

    public ProgramMeters(ProgramStatus.Source source, ServedModels models, Counters counters) {
        this.source = source;
        this.models = models;
        this.counters = counters;
    }

    @Override
    public MetricSnapshots collect() {
        ProgramStatus status = source.now();
        ModelSnapshot snapshot = models.inForce();
        Family state = new Family("loadcast_streams_state", "The state of Kafka Streams: 1 of the one it is in.");
        for (KafkaStreams.State one : KafkaStreams.State.values()) {
            state.add(one == status.streams() ? 1 : 0, "state", one.name().toLowerCase(Locale.ROOT));
        }
        Family followed = new Family(
                "loadcast_models_followed",
                "Whether the models topic can be read: 0 while changes of models pass unseen.");
        Family read =
                new Family("loadcast_models_read_timestamp_seconds", "When the models topic was last read to its end.");
        status.models().ifPresent(look -> {
            followed.add(look.failure().isEmpty() ? 1 : 0);
            read.add(look.readTime().toEpochMilli() / 1e3);
        });
        Family viewed = new Family(
                "loadcast_view_following",
                "Whether the topics behind the HTTP view can be read: 0 while it stands still.");
        status.view().ifPresent(look -> viewed.add(look.failure().isEmpty() ? 1 : 0));
        return MetricSnapshots.of(
                followed.gauge(),
                read.gauge(),
                viewed.gauge(),
                inUse(snapshot),
                state.gauge(),
                new Family("loadcast_ready", "Whether the readiness probe says yes.")
                        .add(Health.readiness(status).isUp() ? 1 : 0)
                        .gauge(),
                new Family("loadcast_due_forecasts", "Hours that were read and wait for their forecast.")
                        .add(counters.dueHours())
                        .gauge(),
                new Family("loadcast_device", "What forecasts run on.")
                        .add(1, "device", snapshot.champion().device())
                        .info(),
                modelsOf(snapshot).info());
    }

    private static MetricSnapshot inUse(ModelSnapshot snapshot) {
        return new Family("loadcast_models_in_use", "Champions and challengers in force, by role.")
                .add(1, "role", "champion")
                .add(snapshot.regionChampions().size(), "role", "region-champion")
                .add(snapshot.challengers().size(), "role", "challenger")
                .gauge();
    }

    private static Family modelsOf(ModelSnapshot snapshot) {
        Family family = new Family(
                "loadcast_model",
                "The models that are served; a champion without region is that of all which have none.");
        add(family, snapshot.champion().model(), "champion", "");
        snapshot.regionChampions().forEach((region, engine) -> add(family, engine.model(), "champion", region.name()));
        snapshot.challengers().forEach(engine -> add(family, engine.model(), "challenger", ""));
        return family;
    }

    private static void add(Family family, ModelId model, String role, String region) {
        family.add(
                1,
                "name",
                model.name(),
                "version",
                model.version(),
                "sha256",
                model.sha256(),
                "role",
                role,
                "region",
                region);
    }
}
