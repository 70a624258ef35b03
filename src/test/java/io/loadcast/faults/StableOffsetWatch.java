package io.loadcast.faults;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.TopicPartition;

/**
 * Looks twice a second where last stable offsets lag, and remembers how long each stood still. Looks that fail, as brokers are
 * down, say nothing. Thread-safe; whoever made it closes it.
 */
final class StableOffsetWatch implements AutoCloseable {
    private record Standing(long stableOffset, long sinceNanos) {}

    private final Admin admin;
    private final ScheduledExecutorService executor = Executors.newSingleThreadScheduledExecutor();
    private final Map<TopicPartition, Standing> standing = new HashMap<>();
    private final Map<TopicPartition, Duration> longest = new ConcurrentHashMap<>();

    /** @param admin is closed with it */
    StableOffsetWatch(Admin admin) {
        this.admin = admin;
        executor.scheduleWithFixedDelay(this::look, 0, 500, TimeUnit.MILLISECONDS);
    }

    private void look() {
        Map<TopicPartition, OpenTransactions.Lag> lags;
        try {
            lags = OpenTransactions.lags(admin);
        } catch (ExecutionException | RuntimeException e) {
            return; // a broker is down
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return;
        }
        long now = System.nanoTime();
        standing.keySet().retainAll(lags.keySet());
        lags.forEach((partition, lag) -> {
            Standing before = standing.get(partition);
            if (before == null || before.stableOffset() != lag.stableOffset()) {
                standing.put(partition, new Standing(lag.stableOffset(), now));
            } else {
                longest.merge(
                        partition,
                        Duration.ofNanos(now - before.sinceNanos()),
                        (one, other) -> one.compareTo(other) > 0 ? one : other);
            }
        });
    }

    /** For how long the last stable offset of a partition stood still before its end, at most. */
    Duration longest() {
        return longest.values().stream().max(Duration::compareTo).orElse(Duration.ZERO);
    }

    /** The seconds for which each partition stood still, those over a second. */
    Map<TopicPartition, Long> seconds() {
        return longest.entrySet().stream()
                .filter(entry -> entry.getValue().toSeconds() > 0)
                .collect(Collectors.toMap(
                        Map.Entry::getKey, entry -> entry.getValue().toSeconds()));
    }

    @Override
    public void close() {
        executor.shutdownNow();
        admin.close(Duration.ofSeconds(5));
    }
}
