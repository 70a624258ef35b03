package io.loadcast.app;

import io.loadcast.forecasting.ModelId;
import io.loadcast.forecasting.ServedModels;
import io.loadcast.http.RequestGate;
import io.loadcast.monitoring.CountedEvents;
import io.loadcast.monitoring.ModelsLook;
import io.loadcast.monitoring.ProgramMeters;
import io.loadcast.monitoring.ProgramStatus;
import io.loadcast.monitoring.RunningScores;
import io.loadcast.monitoring.ServingMetrics;
import io.loadcast.monitoring.StableOffsets;
import io.loadcast.monitoring.StreamsFigures;
import io.loadcast.monitoring.StreamsObservation;
import io.loadcast.monitoring.TaskMeters;
import io.loadcast.monitoring.ViewLook;
import io.loadcast.streaming.Counters;
import io.loadcast.streaming.TopicAdministration;
import io.loadcast.streaming.Topics;
import io.loadcast.view.GridFollower;
import io.loadcast.view.GridView;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.config.MeterFilter;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.micronaut.configuration.kafka.config.KafkaDefaultConfiguration;
import io.micronaut.context.BeanContext;
import io.micronaut.context.annotation.Bean;
import io.micronaut.context.annotation.Factory;
import io.micronaut.context.annotation.Requires;
import jakarta.inject.Provider;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.streams.KafkaStreams;

/** Puts together what tells an operator how the program does. */
@Factory
final class MonitoringFactory {
    @Singleton
    ProgramStatus.Source status(
            StreamsObservation observation,
            Provider<StreamsLifecycle> lifecycle,
            Provider<KafkaStreams> streams,
            ServedModels models,
            BeanContext beans,
            RequestGate gate) {
        return () -> new ProgramStatus(
                streams.get().state(),
                observation.hasRun(),
                lifecycle.get().givenUp(),
                lifecycle.get().lostTopics(),
                Optional.of(nameOf(models.inForce().champion().model())),
                lifecycle.get().modelsLook().map(look -> new ModelsLook(look.readTime(), look.failure())),
                view(beans),
                observation.restore().snapshot(),
                lifecycle.get().beforeStart(),
                gate.isStopping());
    }

    /** Of the follower if there is one: to ask for it would make it, and the topics may not be there yet. */
    private static Optional<ViewLook> view(BeanContext beans) {
        return beans.getActiveBeanRegistrations(GridFollower.class).stream()
                .findFirst()
                .flatMap(follower -> follower.getBean().lastLook())
                .map(look -> new ViewLook(look.since(), look.failure()));
    }

    /** The framework measures requests without a word of what that is. */
    @Singleton
    MeterFilter describedRequests() {
        return new MeterFilter() {
            @Override
            public Meter.Id map(Meter.Id id) {
                return id.getName().equals("http.server.requests") && id.getDescription() == null
                        ? new Meter.Id(
                                id.getName(),
                                Tags.of(id.getTagsAsIterable()),
                                id.getBaseUnit(),
                                "Requests to the HTTP server, by route and status.",
                                id.getType())
                        : id;
            }
        };
    }

    private static String nameOf(ModelId model) {
        return model.name() + " " + model.version();
    }

    @Singleton
    @Requires(beans = PrometheusMeterRegistry.class)
    TaskMeters tasks(PrometheusMeterRegistry registry) {
        return new TaskMeters(registry);
    }

    @Singleton
    @Bean(preDestroy = "close")
    @Requires(beans = PrometheusMeterRegistry.class)
    StableOffsets offsets(KafkaDefaultConfiguration kafka, Topics topics) {
        return StableOffsets.watch(TopicAdministration.connect(kafka.getConfig()), topics);
    }

    @Singleton
    @Bean(preDestroy = "close")
    @Requires(beans = PrometheusMeterRegistry.class)
    ServingMetrics metrics(
            MeterRegistry everything, // what meters the JVM and the HTTP server comes with it
            PrometheusMeterRegistry registry,
            Counters counters,
            TaskMeters tasks,
            ServedModels models,
            ProgramStatus.Source status,
            StreamsObservation observation,
            StableOffsets offsets,
            GridView view,
            MetricsSettings settings,
            Provider<KafkaStreams> streams) {
        return new ServingMetrics(
                registry,
                List.of(
                        new CountedEvents(counters),
                        new ProgramMeters(status, models, counters),
                        new RunningScores(view, settings.regions()),
                        new StreamsFigures(() -> streams.get().metrics()),
                        tasks,
                        observation.restore(),
                        offsets));
    }
}
