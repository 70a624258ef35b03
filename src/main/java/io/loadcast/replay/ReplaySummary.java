package io.loadcast.replay;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.loadcast.app.DecisiveSettings;
import io.loadcast.forecasting.ModelId;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;

/**
 * What came of a replay, as its output topics tell it.
 *
 * @param survey what it was made from
 * @param model that has forecast
 * @param settings that decided the forecasts, by name
 * @param live how its forecasts compare with live's
 * @param forecastsTopic where its forecasts lie
 * @param digest of its forecasts
 * @param deadLetters how many, by the code of the reason
 * @param scores by region and lead time, sorted
 */
public record ReplaySummary(
        TopicSurvey survey,
        ModelId model,
        SortedMap<String, String> settings,
        LiveComparison live,
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

    /** @param incomparable why its forecasts are not to be compared with live's; empty if they are */
    static ReplaySummary of(
            Map<String, String> kafka, ReplayPlan plan, DecisiveSettings settings, Optional<String> incomparable) {
        ForecastDigest digest = new ForecastDigest(Set.of(), Optional.empty(), Optional.empty());
        ForecastTrail trail = new ForecastTrail(plan.warmFrom());
        String forecasts = readForecasts(kafka, plan, forecast -> {
            digest.add(forecast);
            if (incomparable.isEmpty()) {
                trail.add(forecast);
            }
        });
        String liveTopic = settings.topics().forecasts();
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
                Objects.requireNonNull(plan.model(), "it has begun"),
                settings.values(),
                incomparable
                        .map(why -> LiveComparison.none(liveTopic, why))
                        .orElseGet(() -> LiveComparison.of(
                                kafka, liveTopic, trail, action -> readForecasts(kafka, plan, action))),
                forecasts,
                digest,
                deadLetters,
                newest.entrySet().stream()
                        .map(entry -> score(entry.getKey(), entry.getValue()))
                        .toList());
    }

    private static String readForecasts(
            Map<String, String> kafka, ReplayPlan plan, Consumer<PublishedForecast> action) {
        return read(
                kafka, plan, ReplayPlan.FORECASTS, record -> action.accept(PublishedForecast.parse(record.value())));
    }

    static String read(
            Map<String, String> kafka, ReplayPlan plan, String kind, Consumer<ConsumerRecord<byte[], byte[]>> action) {
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
