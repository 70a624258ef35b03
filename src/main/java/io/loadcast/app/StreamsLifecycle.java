package io.loadcast.app;

import io.loadcast.forecasting.ServedModels;
import io.loadcast.inference.ModelFile;
import io.loadcast.models.ModelFollower;
import io.loadcast.models.RegionAssignments;
import io.loadcast.monitoring.StreamsObservation;
import io.loadcast.streaming.KafkaStateOrigins;
import io.loadcast.streaming.TopicAdministration;
import io.loadcast.streaming.Topics;
import io.micronaut.configuration.kafka.config.KafkaDefaultConfiguration;
import io.micronaut.configuration.kafka.streams.KafkaStreamsFactory;
import io.micronaut.context.annotation.Requires;
import io.micronaut.context.event.ShutdownEvent;
import io.micronaut.runtime.event.annotation.EventListener;
import jakarta.inject.Singleton;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import org.apache.kafka.streams.CloseOptions;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.StreamsConfig;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What has to happen before the topology starts, and how it leaves. */
@Singleton
@Requires(beans = KafkaStreamsFactory.class)
final class StreamsLifecycle {
    private static final Logger LOG = LoggerFactory.getLogger(StreamsLifecycle.class);
    private static final Duration CLOSE_TIMEOUT =
            Duration.ofSeconds(7); // with the HTTP server before it, a stop stays within 10 s

    /** Longer than it takes to give up on a model file that does not come. */
    private static final Duration MODELS_TIMEOUT = Duration.ofMinutes(5);

    private final KafkaDefaultConfiguration kafka;
    private final LoadcastSettings settings;
    private final Topics topics;
    private final KafkaStreamsFactory streams;
    private final KafkaStateOrigins origins;
    private final ModelFile model;
    private final ServedModels models;
    private final ServingEngines engines;
    private final StreamsObservation observation;
    private final RegionAssignments assignments;
    private volatile @Nullable ModelFollower follower;
    private volatile Optional<String> givenUp = Optional.empty();
    private volatile Optional<String> beforeStart = Optional.of("the cluster is asked for its topics");
    private volatile @Nullable TopicWatch watch;

    StreamsLifecycle(
            KafkaDefaultConfiguration kafka,
            LoadcastSettings settings,
            Topics topics,
            KafkaStreamsFactory streams,
            KafkaStateOrigins origins,
            ModelFile model,
            ServedModels models,
            ServingEngines engines,
            StreamsObservation observation,
            RegionAssignments assignments) {
        this.kafka = kafka;
        this.settings = settings;
        this.topics = topics;
        this.streams = streams;
        this.origins = origins;
        this.model = model;
        this.models = models;
        this.engines = engines;
        this.observation = observation;
        this.assignments = assignments;
    }

    /**
     * Starts the topology. A missing topic would stop it a minute later: all exist before it starts. So is the model in force that
     * the models topic assigns, and makes the first forecast already.
     *
     * @param emptied whether the state directory is emptied before
     */
    void start(boolean emptied) {
        try (TopicAdministration administration = TopicAdministration.connect(kafka.getConfig())) {
            List<String> created = administration.createMissing(
                    topics, settings.topics().partitions(), settings.topics().replicationFactor());
            if (!created.isEmpty()) {
                LOG.info("created topics {}", created);
            }
        }
        if (settings.followModels()) {
            beforeStart = Optional.of("the models topic is read, and the models that it assigns are loaded");
            ModelFollower started = ModelFollower.start(
                    kafka.getConfig(),
                    topics.models(),
                    model,
                    engines,
                    models,
                    settings.challengers().max(),
                    assignments);
            follower = started;
            started.awaitCaughtUp(MODELS_TIMEOUT);
        }
        beforeStart = Optional.empty();
        for (KafkaStreams topology : streams.getStreams().keySet()) {
            if (emptied) {
                topology.cleanUp();
            }
            Path stateDirectory =
                    stateDirectory(streams.getStreams().get(topology).getConfiguration());
            topology.setUncaughtExceptionHandler(new ThreadFailures(System::nanoTime, stateDirectory));
            observation.observe(topology);
            topology.start();
        }
        watch = TopicWatch.start(
                TopicAdministration.connect(kafka.getConfig()),
                origins,
                topics,
                settings.meters().enabled(),
                this::giveUp);
    }

    private static Path stateDirectory(Properties streams) {
        StreamsConfig config = new StreamsConfig(streams);
        return Path.of(
                config.getString(StreamsConfig.STATE_DIR_CONFIG),
                config.getString(StreamsConfig.APPLICATION_ID_CONFIG));
    }

    /** Stops the topology without waiting for it: it may be waiting for what does not come. */
    private void giveUp(String reason) {
        givenUp = Optional.of(reason);
        for (KafkaStreams topology : streams.getStreams().keySet()) {
            topology.close(Duration.ZERO);
        }
    }

    /** Whether the topology is stopped because its topics are gone. */
    boolean hasGivenUp() {
        return givenUp.isPresent();
    }

    /** What the start of the topology waits for; empty once it is started. */
    Optional<String> beforeStart() {
        return beforeStart;
    }

    /** Why it is stopped, and what to do; empty while it is not. */
    Optional<String> givenUp() {
        return givenUp;
    }

    /** What is wrong with the topics, by the last look at them. */
    Optional<String> lostTopics() {
        TopicWatch watching = watch;
        return watching == null ? Optional.empty() : watching.lost();
    }

    /** How the models topic is followed; empty while it is not, or by the settings not at all. */
    Optional<ModelFollower.Look> modelsLook() {
        ModelFollower following = follower;
        return following == null ? Optional.empty() : Optional.of(following.lastLook());
    }

    /** Leaves the group, so that another instance takes over at once instead of after the session timeout. */
    @EventListener
    void onShutdown(ShutdownEvent event) {
        TopicWatch watching = watch;
        if (watching != null) {
            watching.close();
        }
        ModelFollower following = follower;
        if (following != null) {
            following.close();
        }
        for (KafkaStreams running : streams.getStreams().keySet()) {
            boolean begun = running.state() != KafkaStreams.State.CREATED; // else it has threads that would never end
            boolean closed = running.close(CloseOptions.timeout(begun ? CLOSE_TIMEOUT : Duration.ZERO)
                    .withGroupMembershipOperation(CloseOptions.GroupMembershipOperation.LEAVE_GROUP));
            if (begun && !closed) {
                LOG.warn(
                        "the topology did not stop within {} s; what was not committed is done again after the next"
                                + " start; nothing has to be done about it",
                        CLOSE_TIMEOUT.toSeconds());
            }
        }
    }
}
