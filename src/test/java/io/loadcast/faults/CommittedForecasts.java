package io.loadcast.faults;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;

/** Follows the forecasts topic as a subscriber does, and says how far it has come. Thread-safe; whoever made it closes it. */
final class CommittedForecasts implements AutoCloseable {
    private final Map<String, Instant> newest = new ConcurrentHashMap<>();
    private final FollowedForecasts forecasts;
    private volatile long count;
    private volatile long newestNanos = System.nanoTime();
    private volatile long longestPauseNanos;

    CommittedForecasts(String bootstrapServers, String topic) {
        this.forecasts = new FollowedForecasts(bootstrapServers, topic, this::take);
    }

    private void take(ConsumerRecords<byte[], byte[]> records) {
        longestPauseNanos = longestPause().toNanos();
        newestNanos = System.nanoTime();
        for (ConsumerRecord<byte[], byte[]> record : records) {
            newest.merge(
                    new String(record.key(), UTF_8),
                    Instant.ofEpochMilli(record.timestamp()),
                    (before, now) -> now.isAfter(before) ? now : before);
            count++; // written by one thread only
        }
    }

    long count() {
        return count;
    }

    /** The issue time of each region's newest forecast. */
    Map<String, Instant> newest() {
        return Map.copyOf(newest);
    }

    /** For how long no forecast came, at most, since {@link #forgetPauses}; what has not ended counts too. */
    Duration longestPause() {
        return Duration.ofNanos(Math.max(longestPauseNanos, System.nanoTime() - newestNanos));
    }

    void forgetPauses() {
        longestPauseNanos = 0;
    }

    /** Whether each of these regions has a forecast of a later issue time. */
    boolean haveAllPassed(Map<String, Instant> issueTimes) {
        return issueTimes.entrySet().stream()
                .allMatch(before -> newest.get(before.getKey()).isAfter(before.getValue()));
    }

    /** Whether each region's newest forecast was issued at its time. */
    boolean haveReached(Map<String, Instant> issueTimes) {
        return newest.equals(issueTimes);
    }

    @Override
    public void close() {
        forecasts.close();
    }
}
