package io.loadcast.replay;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.loadcast.domain.Reading;
import io.loadcast.streaming.InvalidReadingException;
import io.loadcast.streaming.ReadingJson;
import io.loadcast.streaming.ReadingScope;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

/** What is found on the way through a topic of readings. For one thread. */
final class TopicSurveyor {
    /** A region's name has 128 characters at most. */
    private static final int LONGEST_KEY_BYTES = 4 * 128;

    final String source;
    private final Map<Integer, Long> beginnings;
    final int partitions;
    private final Map<Integer, Set<Long>> refused;
    private final ReadingScope scope;
    private final boolean keepsLoads;
    private final boolean keepsKeys;
    final Set<String> keys = new HashSet<>();
    final FinalLoads loads = new FinalLoads();
    final SortedMap<Integer, ReplayPlan.Range> ranges = new TreeMap<>();
    final Set<String> regions = new HashSet<>();
    private final Map<String, Integer> firstPartitions = new HashMap<>();
    private final SortedSet<String> split = new TreeSet<>();
    private final Instant now = Instant.now();
    private long records;
    private long taken;
    private long refusedByLive;
    private long invalid;
    private @Nullable Instant first;
    private @Nullable Instant last;

    TopicSurveyor(
            String source,
            Map<Integer, Long> beginnings,
            Map<Integer, Set<Long>> refused,
            ReadingScope scope,
            boolean keepsLoads,
            boolean keepsKeys) {
        this.source = source;
        this.beginnings = beginnings;
        this.partitions = beginnings.size();
        this.refused = refused;
        this.scope = scope;
        this.keepsLoads = keepsLoads;
        this.keepsKeys = keepsKeys;
    }

    void take(ConsumerRecord<byte[], byte[]> record) {
        long offset = record.offset();
        records++;
        ranges.merge(
                record.partition(),
                new ReplayPlan.Range(offset, offset + 1),
                (before, now) -> new ReplayPlan.Range(before.begin(), now.end()));
        if (keepsKeys && record.key() != null && record.key().length <= LONGEST_KEY_BYTES) {
            keys.add(new String(record.key(), UTF_8));
        }
        if (refused.getOrDefault(record.partition(), Set.of()).contains(offset)) {
            refusedByLive++;
        }
        if (scope.takes(record.partition(), offset, record.key(), record.value())) {
            taken++;
            takeReading(record);
        }
    }

    private void takeReading(ConsumerRecord<byte[], byte[]> record) {
        try {
            Reading reading = ReadingJson.parse(record.key(), record.value(), now);
            Instant validTime = reading.validTime();
            String region = reading.region().name();
            regions.add(region);
            Integer other = firstPartitions.putIfAbsent(region, record.partition());
            if (other != null && other != record.partition()) {
                split.add(region);
            }
            first = first == null || validTime.isBefore(first) ? validTime : first;
            last = last == null || validTime.isAfter(last) ? validTime : last;
            if (keepsLoads) {
                loads.take(reading);
            }
        } catch (InvalidReadingException e) {
            invalid++;
        }
    }

    TopicSurvey result(String topic, boolean compacted, List<String> absentRegions) {
        long deleted = beginnings.values().stream().mapToLong(begin -> begin).sum();
        long offsets = ranges.entrySet().stream()
                .mapToLong(range -> range.getValue().end() - beginnings.getOrDefault(range.getKey(), 0L))
                .sum();
        return new TopicSurvey(
                topic,
                records,
                taken,
                refusedByLive,
                invalid,
                regions.size(),
                first == null ? null : first.toString(),
                last == null ? null : last.toString(),
                deleted,
                offsets - records,
                compacted,
                absentRegions,
                List.copyOf(split));
    }
}
