package io.loadcast.replay;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * SHA-256 of the forecasts of each region in the order in which they were published: two topics have the same one if, and but for
 * chance only if, they hold the same forecasts, to the last digit. See {@code docs/replay.md} for what goes in. For one thread.
 */
public final class ForecastDigest {
    /** As every language can: UTF-16, which Java compares by, has another order than UTF-8. */
    private static final Comparator<String> BY_BYTES =
            Comparator.comparing(text -> text.getBytes(StandardCharsets.UTF_8), Arrays::compareUnsigned);

    private final Set<String> regions;
    private final Optional<Instant> from;
    private final Optional<Instant> before;
    private final Set<String> seen = new HashSet<>(); // where regions are named
    private final SortedMap<String, Sum> sums = new TreeMap<>(BY_BYTES);

    /**
     * An empty digest.
     *
     * @param regions whose forecasts go in, by name; empty for all
     * @param from the earliest issue time that goes in
     * @param before the first issue time that does not go in any more
     * @throws ReplayRequestException if {@code from} is not before {@code before}
     */
    public ForecastDigest(Set<String> regions, Optional<Instant> from, Optional<Instant> before) {
        ReplayRequest.requirePeriod(from, before);
        this.regions = Set.copyOf(regions);
        this.from = from;
        this.before = before;
    }

    /**
     * What is known of one region.
     *
     * @param forecasts how many, revisions included
     * @param sha256 in hexadecimal
     */
    public record OfRegion(long forecasts, Instant firstIssueTime, Instant lastIssueTime, String sha256) {}

    /**
     * Reads a topic of forecasts from its beginning to its end as of now: committed records only.
     *
     * @param kafka Kafka client properties, {@code bootstrap.servers} at least
     * @throws ReplayException if the topic does not exist, holds something else, or cannot be read
     */
    public ForecastDigest read(Map<String, String> kafka, String topic) {
        try (TopicReader reader = new TopicReader(kafka, topic)) {
            reader.readTo(reader.ends(), record -> {
                byte[] value = record.value();
                if (value != null) {
                    add(PublishedForecast.parse(value));
                }
            });
        }
        return this;
    }

    /** Takes the next forecast; those of one region in their order. */
    public void add(PublishedForecast forecast) {
        if (!regions.isEmpty()) {
            seen.add(forecast.region());
            if (!regions.contains(forecast.region())) {
                return;
            }
        }
        Instant issueTime = forecast.issueTime();
        if (from.map(issueTime::isBefore).orElse(false)
                || before.map(end -> !issueTime.isBefore(end)).orElse(false)) {
            return;
        }
        sums.computeIfAbsent(forecast.region(), region -> new Sum()).add(forecast, issueTime);
    }

    /** The regions that go in, if they are named, beside those that were seen. */
    public NamedRegions namedRegions() {
        return new NamedRegions(regions, seen);
    }

    /** By region, sorted by the bytes of its name. */
    public SortedMap<String, OfRegion> regions() {
        SortedMap<String, OfRegion> all = new TreeMap<>(BY_BYTES);
        sums.forEach((region, sum) -> all.put(region, sum.get()));
        return all;
    }

    /** Of all regions: the SHA-256 of a line for each, sorted by the bytes of the name: the region, a tab, its digest, a line feed. */
    public String sha256() {
        MessageDigest all = newDigest();
        regions()
                .forEach((region, digest) ->
                        all.update((region + "\t" + digest.sha256() + "\n").getBytes(StandardCharsets.UTF_8)));
        return HexFormat.of().formatHex(all.digest());
    }

    /** Forecasts of all regions. */
    public long forecasts() {
        return sums.values().stream().mapToLong(sum -> sum.forecasts).sum();
    }

    private static MessageDigest newDigest() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    private static final class Sum {
        private final MessageDigest digest = newDigest();
        private long forecasts;
        private @Nullable Instant first;
        private @Nullable Instant last;

        void add(PublishedForecast forecast, Instant issueTime) {
            digest.update(forecast.canonical().getBytes(StandardCharsets.UTF_8));
            forecasts++;
            first = first == null || issueTime.isBefore(first) ? issueTime : first;
            last = last == null || issueTime.isAfter(last) ? issueTime : last;
        }

        OfRegion get() {
            if (first == null || last == null) {
                throw new IllegalStateException("a region without a forecast");
            }
            return new OfRegion(forecasts, first, last, sha256());
        }

        /** May be asked for at any time: a digest can be taken once only, so of a copy. */
        private String sha256() {
            try {
                return HexFormat.of().formatHex(((MessageDigest) digest.clone()).digest());
            } catch (CloneNotSupportedException e) {
                throw new IllegalStateException("every Java can copy a SHA-256", e);
            }
        }
    }
}
