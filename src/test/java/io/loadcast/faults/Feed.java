package io.loadcast.faults;

import io.loadcast.dataset.HourlySeries;
import io.loadcast.domain.Reading;
import io.loadcast.feed.FeedProgress;
import io.loadcast.feed.ReadingsPublisher;
import io.loadcast.feed.Speed;
import io.loadcast.feed.TimeOrderedReadings;
import java.time.Duration;
import java.time.Instant;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.LongSupplier;
import org.awaitility.Awaitility;

/**
 * Publishes readings so that there is always something in flight: it stays a number of readings ahead of those that are done, until it
 * is told to end. It waits out a broker's absence. Whoever started it ends it.
 */
final class Feed {
    private static final Duration PATIENCE = Duration.ofMinutes(5);

    /** In which form the readings are published; returns when the brokers have acknowledged all. */
    @FunctionalInterface
    interface Publishing {
        void publish(Iterable<Reading> readings);
    }

    private final LongSupplier done;
    private final long ahead;
    private final Map<String, Instant> newest = new ConcurrentHashMap<>();
    private final CompletableFuture<?> publishing;
    private volatile long count;
    private volatile boolean ended;

    private Feed(Publishing publishing, List<HourlySeries> grid, LongSupplier done, long ahead) {
        this.done = done;
        this.ahead = ahead;
        Iterable<Reading> readings = TimeOrderedReadings.of(grid);
        this.publishing = CompletableFuture.runAsync(() -> publishing.publish(() -> heldBack(readings.iterator())));
    }

    /**
     * @param done how many readings are worked on
     * @param ahead how many more are published
     */
    static Feed start(Publishing publishing, List<HourlySeries> grid, LongSupplier done, long ahead) {
        return new Feed(publishing, grid, done, ahead);
    }

    /** Readings as they are. */
    static Publishing readings(String bootstrapServers, String topic) {
        return readings -> {
            try (ReadingsPublisher publisher =
                    ReadingsPublisher.connect(Map.of("bootstrap.servers", bootstrapServers), topic, "/faults")) {
                publisher.publish(readings, Speed.MAX, FeedProgress.NONE);
            }
        };
    }

    private Iterator<Reading> heldBack(Iterator<Reading> readings) {
        return new Iterator<>() {
            @Override
            public boolean hasNext() {
                if (!mayGoOn()) {
                    Awaitility.await()
                            .atMost(PATIENCE)
                            .pollDelay(Duration.ZERO)
                            .pollInterval(Duration.ofMillis(5))
                            .until(() -> ended || mayGoOn());
                }
                return !ended && readings.hasNext();
            }

            @Override
            public Reading next() {
                Reading reading = readings.next();
                newest.put(reading.region().name(), reading.validTime());
                count++; // written by this thread only
                return reading;
            }
        };
    }

    private boolean mayGoOn() {
        return count < done.getAsLong() + ahead;
    }

    long count() {
        return count;
    }

    /** Ends it and waits until every reading is acknowledged. */
    void end() {
        ended = true;
        try {
            publishing.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", e);
        } catch (ExecutionException | TimeoutException e) {
            throw new AssertionError("the feed did not end well", e);
        }
    }

    /** Ends it without waiting. */
    void abandon() {
        ended = true;
    }

    /** The valid time of each region's newest reading, once it has ended. */
    Map<String, Instant> newest() {
        return Map.copyOf(newest);
    }
}
