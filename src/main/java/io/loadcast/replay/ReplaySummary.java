package io.loadcast.replay;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;

/**
 * What came of a replay, as its output topics tell it.
 *
 * @param survey what it was made from
 * @param forecastsTopic where its forecasts lie
 * @param digest of its forecasts
 * @param deadLetters how many, by the code of the reason
 * @param scores by region and lead time, sorted
 */
public record ReplaySummary(
        TopicSurvey survey,
        String forecastsTopic,
        ForecastDigest digest,
        SortedMap<String, Long> deadLetters,
        List<Score> scores) {
    private static final JsonMapper JSON = new JsonMapper();
    private static final JsonFactory STREAM = new JsonFactory();

    /** The running scores over all hours, as the newest accuracy record has them. sMAPE and coverage are percent. */
    public record Score(
            String region, int leadHours, long count, double smapePct, double baselineSmapePct, double coveragePct) {}

    /** Of what is read. */
    private record Key(String region, int leadHours) implements Comparable<Key> {
        @Override
        public int compareTo(Key other) {
            int byRegion = region.compareTo(other.region);
            return byRegion != 0 ? byRegion : Integer.compare(leadHours, other.leadHours);
        }
    }

    static ReplaySummary of(Map<String, String> kafka, ReplayPlan plan) {
        ForecastDigest digest = new ForecastDigest(Set.of(), Optional.empty(), Optional.empty());
        String forecasts =
                read(kafka, plan, ReplayPlan.FORECASTS, record -> digest.add(PublishedForecast.parse(record.value())));
        SortedMap<Key, byte[]> newest = new TreeMap<>();
        read(
                kafka,
                plan,
                ReplayPlan.ACCURACY,
                record -> newest.put(
                        new Key(new String(record.key(), UTF_8), leadHours(record.value())), record.value()));
        SortedMap<String, Long> deadLetters = new TreeMap<>();
        read(kafka, plan, ReplayPlan.DEAD_LETTERS, record -> deadLetters.merge(reason(record), 1L, Long::sum));
        return new ReplaySummary(
                plan.survey(),
                forecasts,
                digest,
                deadLetters,
                newest.entrySet().stream()
                        .map(entry -> score(entry.getKey(), entry.getValue()))
                        .toList());
    }

    static String read(
            Map<String, String> kafka,
            ReplayPlan plan,
            String kind,
            java.util.function.Consumer<ConsumerRecord<byte[], byte[]>> action) {
        ReplayPlan.Output output = plan.outputs().get(kind);
        if (output == null) {
            throw new ReplayException("the replay has not been started yet: there are no " + kind);
        }
        try (TopicReader reader = new TopicReader(kafka, output.topic())) {
            reader.read(output.begins(), reader.ends(), action);
        }
        return output.topic();
    }

    private static String reason(ConsumerRecord<byte[], byte[]> letter) {
        Header reason = letter.headers().lastHeader("loadcast_reason");
        return reason == null ? "unknown" : new String(reason.value(), UTF_8);
    }

    /** Reads no further than it has to: there are two such records for each reading. */
    private static int leadHours(byte[] accuracy) {
        try (JsonParser json = STREAM.createParser(accuracy)) {
            while (json.nextToken() != null) {
                if ("lead_hours".equals(json.currentName())) {
                    return json.nextIntValue(0);
                }
            }
            throw new ReplayException("an accuracy record has no lead_hours");
        } catch (IOException e) {
            throw new ReplayException("an accuracy record is not JSON", e);
        }
    }

    private static Score score(Key key, byte[] accuracy) {
        try {
            JsonNode json = JSON.readTree(accuracy);
            return new Score(
                    key.region(),
                    key.leadHours(),
                    number(json, "count_all").asLong(),
                    number(json, "smape_all_pct").asDouble(),
                    number(json, "baseline_smape_all_pct").asDouble(),
                    number(json, "coverage_all_pct").asDouble());
        } catch (IOException e) {
            throw new ReplayException("an accuracy record is not JSON", e);
        }
    }

    private static JsonNode number(JsonNode json, String field) {
        return Objects.requireNonNull(json.get(field), field);
    }
}
