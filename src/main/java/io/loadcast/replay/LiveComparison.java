package io.loadcast.replay;

import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Whether a replay has published what live has, region by region: as many of the forecasts as both have, in their order.
 *
 * @param topic of live's forecasts
 * @param notCompared why nothing was compared; null if something was
 * @param regions sorted by the name; empty if nothing was compared
 */
public record LiveComparison(String topic, @Nullable String notCompared, List<OfRegion> regions) {
    public LiveComparison {
        regions = List.copyOf(regions);
    }

    /**
     * What is known of one region.
     *
     * @param compared how many forecasts both have; 0 if live has none
     * @param difference the first one that differs; null if none does
     */
    public record OfRegion(
            String region, long compared, @Nullable Difference difference) {
        private OfRegion withCause(String cause) {
            return difference == null
                    ? this
                    : new OfRegion(region, compared, new Difference(difference.issueTime(), difference.what(), cause));
        }
    }

    /**
     * The first forecast that is not live's.
     *
     * @param issueTime of live's, ISO 8601
     * @param what what differs
     * @param likelyCause why it may
     */
    public record Difference(String issueTime, String what, String likelyCause) {}

    static LiveComparison none(String topic, String why) {
        return new LiveComparison(topic, why, List.of());
    }

    /** The same, where another cause than what differs is known of some regions. */
    LiveComparison withCause(Collection<String> named, String cause) {
        return new LiveComparison(
                topic,
                notCompared,
                regions.stream()
                        .map(region -> named.contains(region.region()) ? region.withCause(cause) : region)
                        .toList());
    }

    /** Those that differ. */
    public List<OfRegion> differing() {
        return regions.stream().filter(region -> region.difference() != null).toList();
    }

    /** Those of which live has no forecast. */
    public List<OfRegion> unknownToLive() {
        return regions.stream().filter(region -> region.compared() == 0).toList();
    }

    /** Forecasts of all regions that were compared. */
    public long compared() {
        return regions.stream().mapToLong(OfRegion::compared).sum();
    }

    /**
     * Reads live's topic once, and the replay's once more if they differ.
     *
     * @param replayed what the replay has published
     * @param again reads that again
     */
    static LiveComparison of(
            Map<String, String> kafka,
            String topic,
            ForecastTrail replayed,
            Consumer<Consumer<PublishedForecast>> again) {
        Walk live = new Walk(replayed);
        try {
            walk(kafka, topic, live);
        } catch (ReplayException e) {
            return none(topic, String.valueOf(e.getMessage())); // the replay itself has come to its end
        }
        if (live.places.isEmpty()) {
            return none(topic, "live has no forecast of these regions and hours");
        }
        Map<String, Difference> differences = live.firstOther.isEmpty() ? Map.of() : live.differences(again);
        return new LiveComparison(
                topic,
                null,
                replayed.regions().stream()
                        .map(region -> new OfRegion(
                                region,
                                Math.min(live.places.getOrDefault(region, 0), replayed.length(region)),
                                differences.get(region)))
                        .toList());
    }

    private static void walk(Map<String, String> kafka, String topic, Walk live) {
        try (TopicReader reader = new TopicReader(kafka, topic)) {
            reader.readTo(reader.ends(), record -> {
                byte[] value = record.value();
                if (value != null) {
                    live.take(PublishedForecast.parse(value));
                }
            });
        }
    }

    /** Goes along with the forecasts of another topic, and notes where the two part. */
    private static final class Walk {
        private final ForecastTrail replayed;
        private final Map<String, Integer> places = new TreeMap<>();
        private final Map<String, PublishedForecast> firstOther = new HashMap<>();
        private final Map<String, Integer> firstPlaces = new HashMap<>();

        Walk(ForecastTrail replayed) {
            this.replayed = replayed;
        }

        void take(PublishedForecast forecast) {
            String region = forecast.region();
            if (replayed.length(region) == 0 || !replayed.takes(forecast)) {
                return;
            }
            int place = places.merge(region, 1, Integer::sum) - 1;
            if (place < replayed.length(region) && !firstOther.containsKey(region) && !replayed.has(forecast, place)) {
                firstOther.put(region, forecast);
                firstPlaces.put(region, place);
            }
        }

        Map<String, Difference> differences(Consumer<Consumer<PublishedForecast>> again) {
            Map<String, Difference> differences = new HashMap<>();
            Map<String, Integer> at = new HashMap<>();
            again.accept(mine -> {
                String region = mine.region();
                Integer wanted = firstPlaces.get(region);
                if (wanted == null || !replayed.takes(mine)) {
                    return;
                }
                PublishedForecast live = firstOther.get(region);
                if (at.merge(region, 1, Integer::sum) - 1 == wanted && live != null) {
                    differences.put(region, difference(live, mine));
                }
            });
            return differences;
        }

        private static Difference difference(PublishedForecast live, PublishedForecast mine) {
            String issueTime = live.text("issue_time");
            if (!live.text("model.sha256").equals(mine.text("model.sha256"))) {
                return new Difference(
                        issueTime,
                        "live's model has the SHA-256 " + live.text("model.sha256"),
                        "live had another model; give it with --model");
            }
            if (!issueTime.equals(mine.text("issue_time"))
                    || !live.text("revision").equals(mine.text("revision"))) {
                return new Difference(
                        issueTime,
                        "live's forecast is revision " + live.text("revision") + ", the replay's is of "
                                + mine.text("issue_time") + ", revision " + mine.text("revision"),
                        "live has read other readings, or in another order: removed from the topic since, or cut off"
                                + " by --from and --to");
            }
            if (!live.text("quality").equals(mine.text("quality"))
                    || !live.text("method").equals(mine.text("method"))) {
                return new Difference(
                        issueTime,
                        "live's is " + kind(live) + ", the replay's " + kind(mine),
                        "other settings (imputation, suspect), readings removed from the topic, or running scores"
                                + " that know more of the past");
            }
            return new Difference(
                    issueTime,
                    "the loads differ",
                    "other settings, first of all time zone and holidays; readings removed from the topic; or another"
                            + " kind of processor");
        }

        private static String kind(PublishedForecast forecast) {
            String method = forecast.text("method");
            return forecast.text("quality") + (method.isEmpty() ? "" : " by " + method);
        }
    }
}
