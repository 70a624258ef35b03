package io.loadcast.app;

import io.loadcast.forecasting.ModelId;
import io.loadcast.forecasting.ServedModels;
import io.loadcast.monitoring.ServingMetrics;
import io.loadcast.streaming.Counters;
import io.loadcast.streaming.ReadingScope;
import io.loadcast.streaming.Topics;
import io.loadcast.view.GridFollower;
import io.loadcast.view.GridView;
import io.micronaut.configuration.kafka.streams.KafkaStreamsFactory;
import io.micronaut.context.ApplicationContext;
import io.micronaut.context.ApplicationContextBuilder;
import io.micronaut.context.env.PropertySource;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.ThreadMetadata;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A running loadcast: the Micronaut context with the topology in it. Thread-safe. Closing it stops the topology, leaves the group
 * and releases the model.
 */
public final class LoadcastServer implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(LoadcastServer.class);

    private final ApplicationContext context;

    private LoadcastServer(ApplicationContext context) {
        this.context = context;
    }

    /**
     * Starts the topology; returns once it is starting, before it has its partitions.
     *
     * @param settings settings that come before those of {@code application.yml} and of the configuration file
     * @param configuration a configuration file in Micronaut's form (YAML, properties), if there is one
     * @throws io.loadcast.forecasting.ForecastEngineException if the model cannot be served
     * @throws io.loadcast.streaming.KafkaUnavailableException if the cluster does not answer
     * @throws io.loadcast.models.ModelCatalogException if the models topic cannot be read
     * @throws InvalidSettingException if a setting is not valid
     * @throws IllegalArgumentException if the configuration file cannot be read
     * @throws IllegalStateException if the port of the HTTP server is taken
     */
    public static LoadcastServer start(Map<String, Object> settings, Optional<Path> configuration) {
        return start(contextOf(settings, configuration));
    }

    /**
     * Starts the same with something around its engines, to measure it.
     *
     * @throws RuntimeException as {@link #start(Map, Optional)} does
     */
    public static LoadcastServer startMeasured(Map<String, Object> settings, EngineDecoration decoration) {
        return start(contextOf(settings, Optional.empty()).singletons(decoration));
    }

    /**
     * Starts the same over a part of the readings topic.
     *
     * @param scope which readings are taken
     * @param look is shown the engine before anything starts, and may refuse it
     * @param emptied whether the state directory is emptied before
     * @throws RuntimeException as {@link #start(Map, Optional)} does
     */
    public static LoadcastServer startReplay(
            Map<String, Object> settings,
            Optional<Path> configuration,
            ReadingScope scope,
            EngineDecoration look,
            boolean emptied) {
        ApplicationContextBuilder builder = contextOf(settings, configuration).singletons(scope, look);
        if (!emptied) {
            return start(builder);
        }
        try {
            return start(builder, true);
        } catch (RuntimeException e) {
            throw StartFailure.ofContext(e);
        }
    }

    private static LoadcastServer start(ApplicationContextBuilder builder) {
        try {
            return start(builder, false);
        } catch (RuntimeException e) {
            RuntimeException failure = StartFailure.ofContext(e);
            if (!DamagedState.isCauseOf(e)) {
                throw failure;
            }
            LOG.warn(
                    "the state directory is damaged ({}); it is emptied, and the state is restored from the changelog: nothing"
                            + " is lost. If it comes back, look at the disk",
                    failure.getMessage());
        }
        try {
            return start(builder, true);
        } catch (RuntimeException e) {
            throw StartFailure.ofContext(e);
        }
    }

    /** What has been started is closed if not all can be. */
    private static LoadcastServer start(ApplicationContextBuilder builder, boolean emptied) {
        ApplicationContext context = builder.start();
        try {
            boolean http = context.getBean(HttpSettings.class).enabled();
            StreamsLifecycle lifecycle = context.getBean(StreamsLifecycle.class);
            KafkaStreams streams = context.getBean(KafkaStreams.class);
            if (http) {
                context.getBean(HttpServing.class).requireFree();
                context.getBean(ServingMetrics.class);
                context.getBean(HttpServing.class).start(); // the probes tell how the start gets on
            }
            lifecycle.start(emptied);
            context.getBean(GlobalPromotionLifecycle.class).start(streams);
            if (http) {
                context.getBean(GridFollower.class); // the topics are there now
                context.getBean(HttpServing.class).open();
            }
            return new LoadcastServer(context);
        } catch (RuntimeException e) {
            close(context);
            throw e;
        }
    }

    static ApplicationContextBuilder contextOf(Map<String, Object> settings, Optional<Path> configuration) {
        SettingNames.check(PropertySource.of(settings));
        ApplicationContextBuilder builder = ApplicationContext.builder()
                .banner(false)
                .deduceEnvironment(false)
                .properties(settings);
        configuration.map(ConfigurationFile::read).ifPresent(file -> {
            SettingNames.check(file);
            builder.propertySources(file);
        });
        return builder;
    }

    /** The model that forecasts now, in all regions that have none of their own. */
    public ModelId model() {
        return models().inForce().champion().model();
    }

    /** What it runs on now: {@code cpu}, {@code cuda:0}. */
    public String device() {
        return models().inForce().champion().device();
    }

    /** The models that forecast now, and those before and after. */
    public ServedModels models() {
        return context.getBean(ServedModels.class);
    }

    public Counters counters() {
        return context.getBean(Counters.class);
    }

    public Topics topics() {
        return context.getBean(Topics.class);
    }

    /** Where the HTTP server is to be found; empty if there is none. */
    public Optional<String> url() {
        return Optional.ofNullable(context.getBean(HttpServing.class).url());
    }

    /** What the topics tell of all regions; it is followed from the first call on, or from the start where there is an HTTP server. */
    public GridView view() {
        follower();
        return context.getBean(GridView.class);
    }

    /** What keeps the {@link #view}. */
    GridFollower follower() {
        return context.getBean(GridFollower.class);
    }

    /** Lets the topology keep its partitions and take no further reading, until {@link #resume}; returns before it holds. */
    public void pause() {
        streams().pause();
    }

    /** Ends a {@link #pause}. */
    public void resume() {
        streams().resume();
    }

    /** Whether the topology has its partitions and works on them. */
    public boolean isRunning() {
        return streams().state() == KafkaStreams.State.RUNNING;
    }

    /** Whether the topology has all of the readings topic's partitions here, each with its state, and works on them. */
    public boolean isRunningAlone(int partitions) {
        String readings = topics().readings();
        return isRunning()
                && streams().metadataForLocalThreads().stream()
                                .flatMap(thread -> thread.activeTasks().stream())
                                .flatMap(task -> task.topicPartitions().stream())
                                .filter(partition -> partition.topic().equals(readings))
                                .count()
                        == partitions;
    }

    /** Under which client ids the topology's threads are members of its group. */
    public Set<String> consumerClientIds() {
        return streams().metadataForLocalThreads().stream()
                .map(ThreadMetadata::consumerClientId)
                .collect(Collectors.toUnmodifiableSet());
    }

    /** Whether the topology has given up, or was closed. */
    public boolean hasStopped() {
        return context.getBean(StreamsLifecycle.class).hasGivenUp()
                || streams().state().hasCompletedShutdown()
                || streams().state() == KafkaStreams.State.ERROR;
    }

    /** The group under which the topology's offsets are kept. */
    public String applicationId() {
        return context.getBean(KafkaStreamsFactory.class).getStreams().values().stream()
                .map(builder -> builder.getConfiguration().getProperty("application.id"))
                .findFirst()
                .orElseThrow();
    }

    private KafkaStreams streams() {
        return context.getBean(KafkaStreams.class);
    }

    @Override
    public void close() {
        close(context);
    }

    /** HTTP first: who is served is told, and is not served by half a program. */
    private static void close(ApplicationContext context) {
        context.getActiveBeanRegistrations(HttpServing.class)
                .forEach(http -> http.getBean().close());
        context.close();
    }
}
