package io.loadcast.app;

import io.loadcast.broker.EmbeddedBroker;
import io.loadcast.dataset.HourlySeries;
import io.loadcast.domain.CivilCalendar;
import io.loadcast.feed.FeedProgress;
import io.loadcast.feed.FeedSummary;
import io.loadcast.feed.MeterFleet;
import io.loadcast.feed.ReadingsPublisher;
import io.loadcast.feed.Speed;
import io.loadcast.feed.TimeOrderedReadings;
import io.loadcast.view.GridView;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The main job in one process: an embedded broker, the topology, a feed, and a subscriber that watches the outputs. Nothing is
 * left behind when it is closed, or when it cannot start. One thread starts, feeds, waits and closes; any may {@link #stop} it.
 */
public final class Demo implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Demo.class);
    private static final Duration START_TIMEOUT = Duration.ofSeconds(60);
    private static final long LOOK_MILLIS = 200;
    private static final String SOURCE = "/loadcast/demo";

    /** What closes the parts that were started, newest first. */
    private final Deque<Runnable> closing = new ArrayDeque<>();

    private final CivilCalendar civil;
    private final EmbeddedBroker broker;
    private final LoadcastServer server;
    private final ReadingsPublisher publisher;
    private volatile boolean stopped;

    private Demo(CivilCalendar civil, Map<String, Object> settings, Optional<MeterFleet> fleet) {
        this.civil = civil;
        try {
            broker = EmbeddedBroker.startTemporary();
            closing.push(broker::close);
            Path stateDirectory = Files.createTempDirectory("loadcast-state-");
            closing.push(() -> delete(stateDirectory));
            server = LoadcastServer.start(settings(civil, settings, stateDirectory, fleet), Optional.empty());
            closing.push(server::close);
            publisher = publisher(fleet);
            closing.push(publisher::close);
        } catch (IOException e) {
            close();
            throw new UncheckedIOException("cannot make a directory for the demo's state", e);
        } catch (RuntimeException e) {
            close();
            throw e;
        }
    }

    /**
     * Starts the broker and the topology, and waits until it runs.
     *
     * @param civil what the regions live by
     * @param settings further settings of loadcast, such as {@code loadcast.model}
     * @param fleet the meters that measure the loads, if it is not the regions that are fed
     * @throws TimeoutException if the topology does not run within a minute
     */
    public static Demo start(CivilCalendar civil, Map<String, Object> settings, Optional<MeterFleet> fleet)
            throws TimeoutException, InterruptedException {
        Demo demo = new Demo(civil, settings, fleet);
        try {
            demo.awaitRunning();
            return demo;
        } catch (TimeoutException | InterruptedException | RuntimeException e) {
            demo.close();
            throw e;
        }
    }

    private ReadingsPublisher publisher(Optional<MeterFleet> fleet) {
        Map<String, String> kafka = Map.of("bootstrap.servers", broker.bootstrapServers());
        return fleet.map(meters ->
                        ReadingsPublisher.connect(kafka, server.topics().meterReadings(), SOURCE, meters))
                .orElseGet(
                        () -> ReadingsPublisher.connect(kafka, server.topics().readings(), SOURCE));
    }

    private Map<String, Object> settings(
            CivilCalendar civil, Map<String, Object> settings, Path stateDirectory, Optional<MeterFleet> fleet) {
        Map<String, Object> all = new HashMap<>(settings);
        all.put("kafka.bootstrap.servers", broker.bootstrapServers());
        all.put("kafka.streams.default.state.dir", stateDirectory.toString());
        all.put("loadcast.default-zone", civil.zone().getId());
        all.put("loadcast.default-holidays", civil.holidays().code());
        all.put("loadcast.topics.partitions", 2);
        all.put("loadcast.meters.enabled", fleet.isPresent());
        all.put("loadcast.http.port", freePort(settings, settings.get("loadcast.http.port")));
        return all;
    }

    /** The port that is wanted, or any if that is taken. */
    private static int freePort(Map<String, Object> settings, @Nullable Object wanted) {
        int port = wanted == null ? HttpSettings.PORT : Integer.parseInt(String.valueOf(wanted));
        Object host = settings.getOrDefault("loadcast.http.host", HttpSettings.HOST);
        return HttpServing.isFree(String.valueOf(host), port) ? port : 0;
    }

    private void awaitRunning() throws TimeoutException, InterruptedException {
        long deadline = System.nanoTime() + START_TIMEOUT.toNanos();
        server.view(); // is to see the feed from its first reading on
        while (!server.isRunning() || !server.follower().isFollowing()) {
            if (System.nanoTime() > deadline) {
                throw new TimeoutException("the topology does not run after " + START_TIMEOUT.toSeconds() + " s");
            }
            Thread.sleep(LOOK_MILLIS);
        }
    }

    /** What a server, or a replay of what was fed here, has to be told to forecast the same: options of the command line. */
    public String calendarSettings() {
        return "--set loadcast.default-zone=" + civil.zone().getId() + " --set loadcast.default-holidays="
                + civil.holidays().code();
    }

    public String bootstrapServers() {
        return broker.bootstrapServers();
    }

    public GridView view() {
        return server.view();
    }

    public LoadcastServer server() {
        return server;
    }

    /** Publishes the loads of the series; returns when the broker has them all, or after {@link #stop}. */
    public FeedSummary feed(List<HourlySeries> series, Speed speed) {
        return publisher.publish(TimeOrderedReadings.of(series), speed, FeedProgress.NONE);
    }

    /** Ends {@link #feed} and {@link #awaitProcessed} soon; does not wait for them. */
    public void stop() {
        stopped = true;
        publisher.stop();
    }

    /**
     * Waits until all that was fed is processed, committed, and seen by the subscriber, or until {@link #stop}.
     *
     * @throws IllegalStateException if the topology or the subscriber has given up, so that it would wait for ever
     */
    public void awaitProcessed() throws InterruptedException {
        try (ProcessedOffsets offsets =
                new ProcessedOffsets(kafka(), server.applicationId(), server.topics(), server.counters()::dueHours)) {
            awaitUnlessStopped(offsets::allOutputsAreCommitted);
            Map<TopicPartition, Long> ends = offsets.ends();
            awaitUnlessStopped(() -> server.follower().hasReached(ends));
        } catch (ExecutionException e) {
            throw new IllegalStateException("the embedded broker does not answer", e.getCause());
        }
    }

    private interface Condition {
        boolean holds() throws ExecutionException, InterruptedException;
    }

    private void awaitUnlessStopped(Condition condition) throws ExecutionException, InterruptedException {
        while (!stopped && !condition.holds()) {
            if (server.hasStopped() || !server.follower().isAlive()) {
                throw new IllegalStateException("the demo has failed; the log above says why");
            }
            Thread.sleep(LOOK_MILLIS);
        }
    }

    private Properties kafka() {
        Properties kafka = new Properties();
        kafka.put("bootstrap.servers", broker.bootstrapServers());
        return kafka;
    }

    @Override
    public void close() {
        while (!closing.isEmpty()) {
            closing.pop().run();
        }
    }

    private static void delete(Path directory) {
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        } catch (IOException e) {
            LOG.warn("cannot delete {}; delete it by hand", directory);
        }
    }
}
