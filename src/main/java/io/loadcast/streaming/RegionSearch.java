package io.loadcast.streaming;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.Duration;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** A look for regions among the newest readings, for whoever names regions that may be mistyped. */
public final class RegionSearch {
    /** Of a partition. */
    private static final long OFFSETS = 50_000;

    private static final Duration AT_MOST = Duration.ofSeconds(5);

    private RegionSearch() {}

    /**
     * Says which of these regions have no reading, as far as five seconds and the newest 50,000 records of each partition tell.
     *
     * @param kafka Kafka client properties, {@code bootstrap.servers} at least
     * @param topic of the readings
     * @param regions by name
     * @return a sentence; empty if all of them are read, or it cannot be known
     */
    public static Optional<String> absent(Map<String, String> kafka, String topic, Collection<String> regions) {
        Set<String> absent = new TreeSet<>(regions);
        if (absent.isEmpty()) {
            return Optional.empty();
        }
        TopicTail.Outcome outcome = TopicTail.read(kafka, topic, OFFSETS, AT_MOST, record -> {
            if (record.key() != null) {
                absent.remove(new String(record.key(), UTF_8));
            }
            return !absent.isEmpty();
        });
        boolean isAll = outcome == TopicTail.Outcome.ALL;
        if (!isAll && outcome != TopicTail.Outcome.NEWEST || absent.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of("no reading of " + String.join(", ", absent)
                + (isAll ? " is on topic " + topic : " is among the newest of topic " + topic)
                + ": look at the name, unless its feed is yet to come");
    }
}
