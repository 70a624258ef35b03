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
 * Publishes readings so that there is always something in flight: it stays a number of readings ahead of the forecasts that are
 * committed, until it is told to end. It waits out a broker's absence. Whoever started it ends it.
 */
final class Feed {
    private static final Duration PATIENCE = Duration.ofMinutes(5);

    private final LongSupplier committedForecasts;
    private final long ahead;
    private final Map<String, Instant> newest = new ConcurrentHashMap<>();
    private final CompletableFuture<?> publishing;
    private volatile long count;
    private volatile boolean ended;

    private Feed(
            String bootstrapServers,
            String topic,
            List<HourlySeries> grid,
            LongSupplier committedForecasts,
            long ahead) {
        this.committedForecasts = committedForecasts;
        this.ahead = ahead;
        Iterable<Reading> readings = TimeOrderedReadings.of(grid);
        this.publishing = CompletableFuture.runAsync(() -> {
            try (ReadingsPublisher publisher =
                    ReadingsPublisher.connect(Map.of("bootstrap.servers", bootstrapServers), topic, "/faults")) {
                publisher.publish(() -> heldBack(readings.iterator()), Speed.MAX, FeedProgress.NONE);
            }
        });
    }

    /** @param ahead how many readings more than forecasts */
    static Feed start(
            String bootstrapServers,
            String topic,
            List<HourlySeries> grid,
            LongSupplier committedForecasts,
            long ahead) {
        return new Feed(bootstrapServers, topic, grid, committedForecasts, ahead);
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
        return count < committedForecasts.getAsLong() + ahead;
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
