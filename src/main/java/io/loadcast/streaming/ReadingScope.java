package io.loadcast.streaming;

import io.loadcast.domain.Reading;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.streams.processor.api.Processor;
import org.jspecify.annotations.Nullable;

/**
 * Which records of the readings topic a topology takes: all of them, or those of a replay. It decides by the record alone, so that the
 * same record is taken or passed over however often, and in whatever company, it is read. Immutable.
 *
 * <p>A record that is no valid reading has no valid time: it is taken, and becomes a dead letter, if its key is one of the regions.
 */
public final class ReadingScope {
    /** What live takes. */
    public static final ReadingScope ALL =
            new ReadingScope(Optional.empty(), Map.of(), Set.of(), Optional.empty(), Optional.empty());

    /** For telling the valid time of a reading, whatever the wall clock says of it: the year 9999. */
    private static final Instant NEVER = Instant.ofEpochSecond(253_402_300_799L);

    private final Optional<Map<Integer, Long>> ends;
    private final Map<Integer, Set<Long>> passedOver;
    private final Set<String> regions;
    private final Optional<Instant> from;
    private final Optional<Instant> before;

    private ReadingScope(
            Optional<Map<Integer, Long>> ends,
            Map<Integer, Set<Long>> passedOver,
            Set<String> regions,
            Optional<Instant> from,
            Optional<Instant> before) {
        this.ends = ends.map(Map::copyOf);
        this.passedOver = Map.copyOf(passedOver);
        this.regions = Set.copyOf(regions);
        this.from = from;
        this.before = before;
    }

    /**
     * The scope of a replay.
     *
     * @param ends by partition, the offset from which on nothing is taken; nothing of a partition that is not named
     * @param passedOver by partition, offsets of records that are not taken either
     * @param regions by name; empty for all
     * @param from the earliest valid time
     * @param before the first valid time that is too late
     */
    public static ReadingScope of(
            Map<Integer, Long> ends,
            Map<Integer, Set<Long>> passedOver,
            Set<String> regions,
            Optional<Instant> from,
            Optional<Instant> before) {
        return new ReadingScope(Optional.of(ends), passedOver, regions, from, before);
    }

    /** Whether the record is to be processed. */
    public boolean takes(int partition, long offset, byte @Nullable [] key, byte @Nullable [] value) {
        if (ends.isPresent() && offset >= ends.get().getOrDefault(partition, 0L)) {
            return false;
        }
        if (passedOver.getOrDefault(partition, Set.of()).contains(offset)) {
            return false;
        }
        if (!regions.isEmpty() && (key == null || !regions.contains(new String(key, StandardCharsets.UTF_8)))) {
            return false;
        }
        return from.isEmpty() && before.isEmpty() || isInTime(key, value);
    }

    private boolean isInTime(byte @Nullable [] key, byte @Nullable [] value) {
        Reading reading;
        try {
            reading = ReadingJson.parse(key, value, NEVER);
        } catch (InvalidReadingException e) {
            return true;
        }
        Instant validTime = reading.validTime();
        return from.map(first -> !validTime.isBefore(first)).orElse(true)
                && before.map(validTime::isBefore).orElse(true);
    }

    /** A processor that is given only what this takes. */
    Processor<byte[], byte[], byte[], byte[]> around(Processor<byte[], byte[], byte[], byte[]> processor) {
        return this == ALL ? processor : new ScopedProcessor(this, processor);
    }
}
