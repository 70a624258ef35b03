package io.loadcast.bench;

import io.loadcast.domain.CivilCalendar;
import io.loadcast.domain.Reading;
import io.loadcast.feed.FeedProgress;
import io.loadcast.feed.ReadingsPublisher;
import io.loadcast.feed.Speed;
import io.loadcast.streaming.TopicAdministration;
import io.loadcast.streaming.Topics;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Properties;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A broker and an application, each in a JVM of its own, with their data below one temporary directory. One thread uses it; any may
 * {@link #kill} it. Whoever opened it closes it, which ends both and deletes the data.
 */
final class Testbed implements AutoCloseable {
    static final Topics TOPICS = Topics.DEFAULT;

    private static final String FEED_SOURCE = "/loadcast/bench";

    /** Kafka's own default; that of this program may be larger or smaller. */
    private static final List<String> BROKER_OPTIONS = List.of("-Xmx1g");

    private final BenchSettings settings;
    private final CivilCalendar civilCalendar;
    private final Path directory;
    private final ChildJvm broker;
    private final String bootstrapServers;
    private volatile @Nullable ChildJvm serving;

    private Testbed(BenchSettings settings, CivilCalendar civilCalendar, Path directory, ChildJvm broker) {
        this.settings = settings;
        this.civilCalendar = civilCalendar;
        this.directory = directory;
        this.broker = broker;
        this.bootstrapServers = broker.answer(BrokerProcess.Ready.class).bootstrapServers();
    }

    /**
     * Starts the broker, and creates the topics.
     *
     * @param civilCalendar every region's
     * @throws BenchException if the broker does not start
     */
    static Testbed open(BenchSettings settings, CivilCalendar civilCalendar) {
        Path directory;
        try {
            directory = Files.createTempDirectory("loadcast-bench-");
        } catch (IOException e) {
            throw new UncheckedIOException("cannot make a directory for the benchmark's data", e);
        }
        ChildJvm broker = ChildJvm.start(
                "broker",
                BrokerProcess.class,
                BROKER_OPTIONS,
                List.of(directory.resolve("broker").toString()));
        try {
            Testbed testbed = new Testbed(settings, civilCalendar, directory, broker);
            try (TopicAdministration administration = TopicAdministration.connect(testbed.kafka())) {
                administration.createMissing(TOPICS, settings.partitions(), Optional.empty());
            }
            return testbed;
        } catch (RuntimeException e) {
            broker.close();
            delete(directory);
            throw e;
        }
    }

    /** What Kafka clients need. */
    Properties kafka() {
        Properties kafka = new Properties();
        kafka.put("bootstrap.servers", bootstrapServers);
        return kafka;
    }

    /**
     * Starts the application, and waits until its topology runs: all state is restored.
     *
     * @param batchSize forecasts in one run of the model, at most; empty for the default
     * @throws BenchException if it does not start
     */
    ServingProcess.Ready startServing(OptionalInt batchSize) {
        try {
            ChildJvm started = ChildJvm.start(
                    "application",
                    ServingProcess.class,
                    List.of(),
                    List.of(
                            String.valueOf(settings.threads()),
                            Requests.JSON.writeValueAsString(servingSettings(batchSize))));
            serving = started;
            return started.answer(ServingProcess.Ready.class);
        } catch (IOException e) {
            throw new UncheckedIOException(e); // a map of numbers and texts does not fail
        }
    }

    private Map<String, Object> servingSettings(OptionalInt batchSize) {
        Map<String, Object> all = new HashMap<>();
        all.put("loadcast.default-zone", civilCalendar.zone().getId());
        all.put("loadcast.default-holidays", civilCalendar.holidays().code());
        all.put("loadcast.http.enabled", false);
        all.putAll(settings.serving());
        all.put("kafka.bootstrap.servers", bootstrapServers);
        all.put("kafka.streams.default.state.dir", stateDirectory().toString());
        all.put("kafka.streams.default.num.stream.threads", settings.threads());
        all.put("loadcast.topics.partitions", settings.partitions());
        batchSize.ifPresent(size -> all.put("loadcast.forecast.batch-size", size));
        return all;
    }

    /** Stops the application, and deletes its state. */
    void stopServingAndForget() {
        application().close();
        delete(stateDirectory());
    }

    private Path stateDirectory() {
        return directory.resolve("state");
    }

    /** The running application. */
    ChildJvm application() {
        ChildJvm running = serving;
        if (running == null) {
            throw new IllegalStateException("the application was not started");
        }
        return running;
    }

    ServingProgress progress() {
        return application().ask(ServingProcess.PROGRESS, ServingProgress.class);
    }

    ServingUsage servingUsage() {
        return application().ask(ServingProcess.USAGE, ServingUsage.class);
    }

    BrokerUsage brokerUsage() {
        return broker.ask("usage", BrokerUsage.class);
    }

    /** Publishes as fast as it goes; returns how many, when the broker has them all. */
    long publish(Iterable<Reading> readings) {
        try (ReadingsPublisher publisher = publisher(Map.of())) {
            return publisher.publish(readings, Speed.MAX, FeedProgress.NONE).readings();
        }
    }

    /** @param settings of the producer, beyond the feed's */
    ReadingsPublisher publisher(Map<String, String> settings) {
        Map<String, String> kafka = new HashMap<>(settings);
        kafka.put("bootstrap.servers", bootstrapServers);
        return ReadingsPublisher.connect(kafka, TOPICS.readings(), FEED_SOURCE);
    }

    /** Ends both processes at once, so that whoever waits for them hears of it. */
    void kill() {
        broker.kill();
        ChildJvm running = serving;
        if (running != null) {
            running.kill();
        }
    }

    @Override
    public void close() {
        ChildJvm running = serving;
        if (running != null) {
            running.close();
        }
        broker.close();
        delete(directory);
    }

    private static void delete(Path directory) {
        if (!Files.exists(directory)) {
            return;
        }
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot delete " + directory + "; delete it by hand", e);
        }
    }
}
