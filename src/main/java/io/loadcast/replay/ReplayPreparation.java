package io.loadcast.replay;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.loadcast.dataset.HourlySeries;
import io.loadcast.domain.CivilCalendar;
import io.loadcast.domain.Reading;
import io.loadcast.feed.FeedProgress;
import io.loadcast.feed.ReadingsPublisher;
import io.loadcast.feed.Speed;
import io.loadcast.feed.TimeOrderedReadings;
import io.loadcast.streaming.ReadingScope;
import io.loadcast.streaming.Topics;
import java.time.Instant;
import java.util.Collection;
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
    private final Topics live;
    private final ReplayCluster cluster;

    /** @param live its topics by the settings, of which the names are no options */
    ReplayPreparation(ReplayRequest request, Topics live, ReplayCluster cluster) {
        this.request = request;
        this.live = live;
        this.cluster = cluster;
    }

    /**
     * The plan of a first start; the topic of its own, if it has one, is filled then.
     *
     * @param options what has to be the same when it goes on
     * @throws ReplayRequestException if regions are named and none of them is there
     */
    ReplayPlan plan(SortedMap<String, String> options) throws InterruptedException {
        Instant startedAt = Instant.now();
        SortedMap<Integer, Long> deadLetterEnds = deadLetterEnds();
        if (request.series().isPresent()) {
            fill(request.series().get(), partitionsOf(request.series().get()));
            TopicSurveyor found = surveyOfOwn();
            TopicSurvey described = describe(found, request.source());
            if (described.records() == 0) {
                throw new ReplayRequestException(
                        request.topic() + " has no load in " + period() + "; give another period");
            }
            return plan(options, found, described, deadLetterEnds, startedAt);
        }
        TopicSurveyor found = survey(request.topic(), refusedByLive(deadLetterEnds), request.from(), request.before());
        requireOne(found.keys, "topic " + request.topic());
        TopicSurvey described = describe(found, request.topic());
        requireReadings(described);
        if (!request.finalValues()) {
            return plan(options, found, described, deadLetterEnds, startedAt);
        }
        fill(found.loads.series(CivilCalendar.UTC), found.partitions);
        // What is missing is missing of the topic that the values are from.
        return plan(options, surveyOfOwn(), described, deadLetterEnds, startedAt);
    }

    private static ReplayPlan plan(
            SortedMap<String, String> options,
            TopicSurveyor found,
            TopicSurvey described,
            SortedMap<Integer, Long> deadLetterEnds,
            Instant startedAt) {
        return new ReplayPlan(
                options,
                found.source,
                found.ranges,
                found.partitions,
                deadLetterEnds,
                described,
                null,
                0,
                new TreeMap<>(),
                startedAt.toString(),
                null);
    }

    private TopicSurvey describe(TopicSurveyor found, String topic) {
        List<String> absent = new NamedRegions(request.regions(), found.regions).absent();
        return found.result(topic, cluster.isCompacted(topic), absent);
    }

    private static int partitionsOf(List<HourlySeries> series) {
        return Math.max(1, Math.min(6, series.size()));
    }

    /** Of a topic that holds just what is to be replayed. */
    private TopicSurveyor surveyOfOwn() {
        return survey(request.source(), Map.of(), Optional.empty(), Optional.empty());
    }

    private void fill(List<HourlySeries> series, int partitions) throws InterruptedException {
        requireOne(series.stream().map(one -> one.region().name()).toList(), request.topic());
        List<HourlySeries> wanted = series.stream()
                .filter(one -> request.regions().isEmpty()
                        || request.regions().contains(one.region().name()))
                .toList();
        cluster.createEmpty(request.source(), partitions);
        try (ReadingsPublisher publisher = ReadingsPublisher.connect(request.kafka(), request.source(), SOURCE)) {
            publisher.publish(inTime(TimeOrderedReadings.of(wanted)), Speed.MAX, FeedProgress.NONE);
        }
    }

    /** @throws ReplayRequestException if regions are named and none of them is there */
    private void requireOne(Collection<String> there, String where) {
        NamedRegions regions = new NamedRegions(request.regions(), there);
        if (regions.noneIsThere()) {
            throw new ReplayRequestException(regions.sentence(where) + "; name one of those by --regions");
        }
    }

    /** @throws ReplayRequestException if there is no reading to replay; it says why */
    private void requireReadings(TopicSurvey found) {
        if (found.records() == 0) {
            throw new ReplayRequestException("topic " + found.topic() + " has no record; name the topic of the readings"
                    + " with --topic, or send some first");
        }
        if (found.taken() == 0) {
            throw new ReplayRequestException("of the " + found.records() + " records of topic " + found.topic()
                    + " none is taken: they lie outside " + period()
                    + (request.regions().isEmpty() ? "" : ", are of other regions than --regions")
                    + ", or live has refused them; give another period");
        }
        if (found.regions() == 0) {
            throw new ReplayRequestException("none of the " + found.taken() + " records of topic " + found.topic()
                    + " in " + period() + " is a reading; name the topic of the readings with --topic");
        }
    }

    private String period() {
        return "--from " + request.from().map(Instant::toString).orElse(ReplayPlan.FROM_THE_BEGINNING) + " --to "
                + request.before().map(Instant::toString).orElse("now");
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
        if (request.series().isPresent()) {
            return new TreeMap<>();
        }
        if (!cluster.topics().contains(request.deadLetters())) {
            if (!request.deadLetters().equals(live.deadLetters())) {
                throw new ReplayRequestException("topic " + request.deadLetters()
                        + " does not exist; name live's dead letters with --dead-letters");
            }
            return new TreeMap<>(); // live may never have been here
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

    private TopicSurveyor survey(
            String topic, Map<Integer, Set<Long>> refused, Optional<Instant> from, Optional<Instant> before) {
        if (!cluster.topics().contains(topic)) {
            throw new ReplayException(
                    "topic " + topic + " does not exist; name the topic of the readings with --topic");
        }
        try (TopicReader reader = new TopicReader(request.kafka(), topic)) {
            Map<Integer, Long> ends = reader.ends();
            TopicSurveyor survey = new TopicSurveyor(
                    topic,
                    reader.beginnings(),
                    refused,
                    ReadingScope.of(ends, refused, request.regions(), from, before),
                    request.finalValues(),
                    !request.regions().isEmpty());
            reader.readTo(ends, survey::take);
            return survey;
        }
    }
}
