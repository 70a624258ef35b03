package io.loadcast.replay;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.loadcast.dataset.HourlySeries;
import io.loadcast.domain.CivilCalendar;
import io.loadcast.domain.Reading;
import io.loadcast.feed.FeedProgress;
import io.loadcast.feed.ReadingsPublisher;
import io.loadcast.feed.Speed;
import io.loadcast.feed.TimeOrderedReadings;
import io.loadcast.streaming.InvalidReadingException;
import io.loadcast.streaming.ReadingJson;
import io.loadcast.streaming.ReadingScope;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.StreamSupport;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.jspecify.annotations.Nullable;

/**
 * The looks that a replay takes before its first start: which of its topic's records live has refused by the wall clock, what there is
 * on the topic, and, if asked for, the last load of each hour. For one thread.
 */
final class ReplayPreparation {
    private static final String FROM_THE_FUTURE = "from-the-future";
    private static final String SOURCE = "/loadcast/replay";

    private final ReplayRequest request;
    private final ReplayCluster cluster;

    ReplayPreparation(ReplayRequest request, ReplayCluster cluster) {
        this.request = request;
        this.cluster = cluster;
    }

    /** The plan of a first start; the topic of its own, if it has one, is filled then. */
    ReplayPlan plan() throws InterruptedException {
        Instant startedAt = Instant.now();
        SortedMap<Integer, Long> deadLetterEnds = deadLetterEnds();
        if (request.series().isPresent()) {
            fill(request.series().get(), partitionsOf(request.series().get()));
            Survey found = surveyOfOwn();
            return plan(found, describe(found, request.source()), deadLetterEnds, startedAt);
        }
        Survey found = survey(request.topic(), refusedByLive(deadLetterEnds), request.from(), request.before());
        TopicSurvey described = describe(found, request.topic());
        if (!request.finalValues()) {
            return plan(found, described, deadLetterEnds, startedAt);
        }
        fill(found.loads.series(CivilCalendar.UTC), found.partitions);
        // What is missing is missing of the topic that the values are from.
        return plan(surveyOfOwn(), described, deadLetterEnds, startedAt);
    }

    private ReplayPlan plan(
            Survey found, TopicSurvey described, SortedMap<Integer, Long> deadLetterEnds, Instant startedAt) {
        return new ReplayPlan(
                request.options(),
                request.source(),
                found.ranges,
                found.partitions,
                deadLetterEnds,
                described,
                null,
                new TreeMap<>(),
                startedAt.toString(),
                null);
    }

    private TopicSurvey describe(Survey found, String topic) {
        return found.result(topic, cluster.isCompacted(topic));
    }

    private static int partitionsOf(List<HourlySeries> series) {
        return Math.max(1, Math.min(6, series.size()));
    }

    /** Of a topic that holds just what is to be replayed. */
    private Survey surveyOfOwn() {
        return survey(request.source(), Map.of(), Optional.empty(), Optional.empty());
    }

    private void fill(List<HourlySeries> series, int partitions) throws InterruptedException {
        List<HourlySeries> wanted = series.stream()
                .filter(one -> request.regions().isEmpty()
                        || request.regions().contains(one.region().name()))
                .toList();
        cluster.createEmpty(request.source(), partitions);
        try (ReadingsPublisher publisher = ReadingsPublisher.connect(request.kafka(), request.source(), SOURCE)) {
            publisher.publish(inTime(TimeOrderedReadings.of(wanted)), Speed.MAX, FeedProgress.NONE);
        }
    }

    private Iterable<Reading> inTime(TimeOrderedReadings readings) {
        if (request.from().isEmpty() && request.before().isEmpty()) {
            return readings;
        }
        return () -> StreamSupport.stream(readings.spliterator(), false)
                .filter(reading -> request.from()
                                .map(from -> !reading.validTime().isBefore(from))
                                .orElse(true)
                        && request.before()
                                .map(before -> reading.validTime().isBefore(before))
                                .orElse(true))
                .iterator();
    }

    private SortedMap<Integer, Long> deadLetterEnds() {
        if (request.series().isPresent() || !cluster.topics().contains(request.deadLetters())) {
            return new TreeMap<>();
        }
        try (TopicReader reader = new TopicReader(request.kafka(), request.deadLetters())) {
            return new TreeMap<>(reader.ends());
        }
    }

    /** What the topology takes of the topic that it reads. */
    ReadingScope scope(ReplayPlan plan) {
        return request.isDerived() // there is nothing else on it
                ? ReadingScope.of(plan.ends(), Map.of(), Set.of(), Optional.empty(), Optional.empty())
                : ReadingScope.of(
                        plan.ends(),
                        refusedByLive(plan.deadLetterEnds()),
                        request.regions(),
                        request.from(),
                        request.before());
    }

    /** By partition, the offsets of readings that live has refused because its clock was not there yet: a later clock is. */
    private Map<Integer, Set<Long>> refusedByLive(Map<Integer, Long> deadLetterEnds) {
        Map<Integer, Set<Long>> refused = new HashMap<>();
        if (deadLetterEnds.isEmpty()) {
            return refused;
        }
        try (TopicReader reader = new TopicReader(request.kafka(), request.deadLetters())) {
            reader.readTo(deadLetterEnds, letter -> {
                if (FROM_THE_FUTURE.equals(header(letter, "loadcast_reason"))
                        && request.topic().equals(header(letter, "loadcast_topic"))) {
                    refused.computeIfAbsent(number(letter, "loadcast_partition").intValue(), p -> new HashSet<>())
                            .add(number(letter, "loadcast_offset"));
                }
            });
        }
        return refused;
    }

    private static Long number(ConsumerRecord<byte[], byte[]> letter, String name) {
        String text = header(letter, name);
        try {
            return Long.valueOf(String.valueOf(text));
        } catch (NumberFormatException e) {
            throw new ReplayException(
                    "a dead letter of topic " + letter.topic() + " says '" + text + "' as " + name, e);
        }
    }

    private static @Nullable String header(ConsumerRecord<byte[], byte[]> letter, String name) {
        Header header = letter.headers().lastHeader(name);
        return header == null || header.value() == null ? null : new String(header.value(), UTF_8);
    }

    private Survey survey(
            String topic, Map<Integer, Set<Long>> refused, Optional<Instant> from, Optional<Instant> before) {
        if (!cluster.topics().contains(topic)) {
            throw new ReplayException(
                    "topic " + topic + " does not exist; name the topic of the readings with --topic");
        }
        try (TopicReader reader = new TopicReader(request.kafka(), topic)) {
            Map<Integer, Long> ends = reader.ends();
            Survey survey = new Survey(
                    reader.beginnings(),
                    refused,
                    ReadingScope.of(ends, refused, request.regions(), from, before),
                    request.finalValues());
            reader.readTo(ends, survey::take);
            return survey;
        }
    }

    /** What is found on the way through a topic. */
    private static final class Survey {
        private final Map<Integer, Long> beginnings;
        private final int partitions;
        private final Map<Integer, Set<Long>> refused;
        private final ReadingScope scope;
        private final boolean keepsLoads;
        private final FinalLoads loads = new FinalLoads();
        private final SortedMap<Integer, ReplayPlan.Range> ranges = new TreeMap<>();
        private final Set<String> regions = new HashSet<>();
        private final Instant now = Instant.now();
        private long records;
        private long taken;
        private long refusedByLive;
        private long invalid;
        private @Nullable Instant first;
        private @Nullable Instant last;

        Survey(Map<Integer, Long> beginnings, Map<Integer, Set<Long>> refused, ReadingScope scope, boolean keepsLoads) {
            this.beginnings = beginnings;
            this.partitions = beginnings.size();
            this.refused = refused;
            this.scope = scope;
            this.keepsLoads = keepsLoads;
        }

        void take(ConsumerRecord<byte[], byte[]> record) {
            long offset = record.offset();
            records++;
            ranges.merge(
                    record.partition(),
                    new ReplayPlan.Range(offset, offset + 1),
                    (before, now) -> new ReplayPlan.Range(before.begin(), now.end()));
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
                regions.add(reading.region().name());
                first = first == null || validTime.isBefore(first) ? validTime : first;
                last = last == null || validTime.isAfter(last) ? validTime : last;
                if (keepsLoads) {
                    loads.take(reading);
                }
            } catch (InvalidReadingException e) {
                invalid++;
            }
        }

        TopicSurvey result(String topic, boolean compacted) {
            long deleted =
                    beginnings.values().stream().mapToLong(begin -> begin).sum();
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
                    compacted);
        }
    }
}
