package io.loadcast.replay;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The scores of a replay without those of its {@link WarmUp}: the newest running scores over all hours, less the running scores as they
 * stood when the first forecast from after the warm-up was scored. Is given the accuracy records of each region in their order. For one
 * thread.
 */
final class WarmScores {
    private static final JsonMapper JSON = new JsonMapper();
    private static final JsonFactory STREAM = new JsonFactory();

    private final WarmUp warmUp;
    private final SortedMap<Key, OfLead> leads = new TreeMap<>();

    private record Key(String region, int leadHours) implements Comparable<Key> {
        @Override
        public int compareTo(Key other) {
            int byRegion = region.compareTo(other.region);
            return byRegion != 0 ? byRegion : Integer.compare(leadHours, other.leadHours);
        }
    }

    private static final class OfLead {
        private byte @Nullable [] lastOfWarmUp;
        private byte @Nullable [] newest;
    }

    /** Sums of one record's running scores, in percent. */
    private record Sums(long count, double smape, double baselineSmape, double coverage) {}

    /** @param warmUp has seen all forecasts */
    WarmScores(WarmUp warmUp) {
        this.warmUp = warmUp;
    }

    /** Reads no further than it has to: there are two such records for each reading. */
    void take(String region, byte[] accuracy) {
        String issueTime = null;
        int leadHours = 0;
        try (JsonParser json = STREAM.createParser(accuracy)) {
            while ((issueTime == null || leadHours == 0) && json.nextToken() != null) {
                String field = json.currentName();
                if ("lead_hours".equals(field)) {
                    leadHours = json.nextIntValue(0);
                } else if ("issue_time".equals(field)) {
                    issueTime = json.nextTextValue();
                }
            }
        } catch (IOException e) {
            throw noAccuracy(e);
        }
        if (issueTime == null || leadHours == 0) {
            throw new ReplayException("an accuracy record has no issue_time or no lead_hours");
        }
        OfLead lead = leads.computeIfAbsent(new Key(region, leadHours), key -> new OfLead());
        if (lead.newest == null && !warmUp.isOver(region, Instant.parse(issueTime))) {
            lead.lastOfWarmUp = accuracy;
        } else {
            lead.newest = accuracy;
        }
    }

    /** Sorted by region and lead time. */
    List<ReplaySummary.Score> scores() {
        return leads.entrySet().stream()
                .map(entry -> score(entry.getKey(), sums(entry.getValue().newest), sums(entry.getValue().lastOfWarmUp)))
                .toList();
    }

    private static ReplaySummary.Score score(Key key, Sums newest, Sums before) {
        long count = newest.count - before.count;
        if (count <= 0) {
            return new ReplaySummary.Score(key.region, key.leadHours, 0, Double.NaN, Double.NaN, Double.NaN);
        }
        return new ReplaySummary.Score(
                key.region,
                key.leadHours,
                count,
                (newest.smape - before.smape) / count,
                (newest.baselineSmape - before.baselineSmape) / count,
                (newest.coverage - before.coverage) / count);
    }

    private static Sums sums(byte @Nullable [] accuracy) {
        if (accuracy == null) {
            return new Sums(0, 0, 0, 0);
        }
        try {
            JsonNode json = JSON.readTree(accuracy);
            long count = number(json, "count_all").asLong();
            return new Sums(
                    count,
                    count * number(json, "smape_all_pct").asDouble(),
                    count * number(json, "baseline_smape_all_pct").asDouble(),
                    count * number(json, "coverage_all_pct").asDouble());
        } catch (IOException e) {
            throw noAccuracy(e);
        }
    }

    private static ReplayException noAccuracy(IOException e) {
        return new ReplayException("an accuracy record is not JSON", e);
    }

    private static JsonNode number(JsonNode json, String field) {
        return Objects.requireNonNull(json.get(field), field);
    }
}
