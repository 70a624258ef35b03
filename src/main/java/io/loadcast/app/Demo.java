package io.loadcast.app;

import io.loadcast.broker.EmbeddedBroker;
import io.loadcast.dataset.HourlySeries;
import io.loadcast.feed.FeedProgress;
import io.loadcast.feed.FeedSummary;
import io.loadcast.feed.ReadingsPublisher;
import io.loadcast.feed.Speed;
import io.loadcast.feed.TimeOrderedReadings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneId;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import org.apache.kafka.common.TopicPartition;

/**
 * The main job in one process: an embedded broker, the topology, a feed, and a subscriber that watches the outputs. Nothing is
 * left behind when it is closed.
 */
public final class Demo implements AutoCloseable {
    private static final Duration START_TIMEOUT = Duration.ofSeconds(60);
    private static final long LOOK_MILLIS = 200;

    private final EmbeddedBroker broker;
    private final Path stateDirectory;
    private final LoadcastServer server;
    private final GridView view = new GridView();
    private final OutputFollower follower;
    private final Thread following;
    private final ReadingsPublisher publisher;

    private Demo(EmbeddedBroker broker, Path stateDirectory, LoadcastServer server) {
        this.broker = broker;
        this.stateDirectory = stateDirectory;
        this.server = server;
        this.follower = new OutputFollower(kafka(), server.topics(), view);
        this.following = new Thread(follower, "output-follower");
        this.publisher = ReadingsPublisher.connect(
                Map.of("bootstrap.servers", broker.bootstrapServers()),
                server.topics().readings(),
                "/loadcast/demo");
    }

    /**
     * Starts the broker and the topology, and waits until it runs.
     *
     * @param zone the civil time that the regions live by
     * @param settings further settings of loadcast, such as {@code loadcast.model}
     * @throws TimeoutException if the topology does not run within a minute
     */
    public static Demo start(ZoneId zone, Map<String, Object> settings) throws TimeoutException, InterruptedException {
        EmbeddedBroker broker = EmbeddedBroker.startTemporary();
        try {
            Path stateDirectory = Files.createTempDirectory("loadcast-state-");
            Map<String, Object> all = new HashMap<>(settings);
            all.put("kafka.bootstrap.servers", broker.bootstrapServers());
            all.put("kafka.streams.default.state.dir", stateDirectory.toString());
            all.put("loadcast.default-zone", zone.getId());
            all.put("loadcast.topics.partitions", 2);
            Demo demo = new Demo(broker, stateDirectory, LoadcastServer.start(all, Optional.empty()));
            demo.following.start();
            demo.awaitRunning();
            return demo;
        } catch (IOException e) {
            broker.close();
            throw new UncheckedIOException("cannot make a directory for the demo's state", e);
        } catch (RuntimeException e) {
            broker.close();
            throw e;
        }
    }

    private void awaitRunning() throws TimeoutException, InterruptedException {
        long deadline = System.nanoTime() + START_TIMEOUT.toNanos();
        while (!server.isRunning()) {
            if (System.nanoTime() > deadline) {
                close();
                throw new TimeoutException("the topology does not run after " + START_TIMEOUT.toSeconds() + " s");
            }
            Thread.sleep(LOOK_MILLIS);
        }
    }

    public String bootstrapServers() {
        return broker.bootstrapServers();
    }

    public GridView view() {
        return view;
    }

    public LoadcastServer server() {
        return server;
    }

    /** Publishes the loads of the series; returns when the broker has them all, or after {@link #stopFeed}. */
    public FeedSummary feed(List<HourlySeries> series, Speed speed) {
        return publisher.publish(TimeOrderedReadings.of(series), speed, FeedProgress.NONE);
    }

    public void stopFeed() {
        publisher.stop();
    }

    /** Waits until all that was fed is processed, committed, and seen by the subscriber. */
    public void awaitProcessed() throws InterruptedException {
        try (ProcessedOffsets offsets = new ProcessedOffsets(kafka(), server.applicationId(), server.topics())) {
            while (!offsets.allReadingsAreCommitted()) {
                Thread.sleep(LOOK_MILLIS);
            }
            Map<TopicPartition, Long> ends = offsets.ends();
            while (!follower.hasReached(ends)) {
                Thread.sleep(LOOK_MILLIS);
            }
        } catch (ExecutionException e) {
            throw new IllegalStateException("the embedded broker does not answer", e.getCause());
        }
    }

    private Properties kafka() {
        Properties kafka = new Properties();
        kafka.put("bootstrap.servers", broker.bootstrapServers());
        return kafka;
    }

    @Override
    public void close() {
        publisher.close();
        follower.close();
        server.close();
        broker.close();
        deleteState();
    }

    private void deleteState() {
        try (Stream<Path> files = Files.walk(stateDirectory)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot delete " + stateDirectory + "; delete it by hand", e);
        }
    }
}
