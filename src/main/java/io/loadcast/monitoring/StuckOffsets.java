package io.loadcast.monitoring;

import io.loadcast.streaming.OpenEnd;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.common.TopicPartition;

/**
 * For how long last stable offsets have stood still before the ends of their partitions. That is some seconds of an ordinary transaction;
 * minutes are one that hangs, and nobody who reads committed records gets any further. Used on one thread.
 */
final class StuckOffsets {
    private record Standing(long stable, long sinceNanos) {}

    private final Map<TopicPartition, Standing> standing = new HashMap<>();

    /**
     * Takes a further look.
     *
     * @param nowNanos by a clock that nobody sets
     * @return by topic, the longest of its partitions; since the first look that found it so
     */
    Map<String, Duration> look(Map<TopicPartition, OpenEnd> ends, long nowNanos) {
        Map<String, Duration> longest = new TreeMap<>();
        standing.keySet().retainAll(ends.keySet());
        ends.forEach((partition, end) -> {
            Standing now = standing.compute(
                    partition,
                    (key, before) -> before == null || !end.isOpen() || before.stable() != end.stable()
                            ? new Standing(end.stable(), nowNanos)
                            : before);
            longest.merge(
                    partition.topic(),
                    Duration.ofNanos(nowNanos - now.sinceNanos()),
                    (one, other) -> one.compareTo(other) > 0 ? one : other);
        });
        return longest;
    }
}
