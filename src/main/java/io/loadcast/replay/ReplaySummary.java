package io.loadcast.replay;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.loadcast.app.DecisiveSettings;
import io.loadcast.forecasting.ModelId;
import java.time.Duration;
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
 * @param warmUpHours for how long after its first forecast a region is not scored and not compared, as the replay knew less than live; 0 if
 *     it knew as much
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
        int warmUpHours,
        List<Score> scores) {
    /** The scores over all hours after the warm-up. sMAPE and coverage are percent; without a count they are not a number. */
    public record Score(
            String region, int leadHours, long count, double smapePct, double baselineSmapePct, double coveragePct) {}

    /** @param incomparable why its forecasts are not to be compared with live's; empty if they are */
    static ReplaySummary of(
            Map<String, String> kafka, ReplayPlan plan, DecisiveSettings settings, Optional<String> incomparable) {
        ForecastDigest digest = new ForecastDigest(Set.of(), Optional.empty(), Optional.empty());
        WarmUp warmUp = new WarmUp(plan.warmUp());
        ForecastTrail trail = new ForecastTrail(warmUp);
        String forecasts = readForecasts(kafka, plan, forecast -> {
            digest.add(forecast);
            warmUp.see(forecast);
            if (incomparable.isEmpty()) {
                trail.add(forecast);
            }
        });
        String liveTopic = settings.topics().forecasts();
        WarmScores scores = new WarmScores(warmUp);
        read(kafka, plan, ReplayPlan.ACCURACY, record -> scores.take(new String(record.key(), UTF_8), record.value()));
        SortedMap<String, Long> deadLetters = new TreeMap<>();
        read(kafka, plan, ReplayPlan.DEAD_LETTERS, record -> deadLetters.merge(reason(record), 1L, Long::sum));
        return new ReplaySummary(
                plan.survey(),
                Objects.requireNonNull(plan.model(), "it has begun"),
                settings.values(),
                incomparable
                        .map(why -> LiveComparison.none(liveTopic, why))
                        .orElseGet(() -> LiveComparison.of(
                                        kafka, liveTopic, trail, action -> readForecasts(kafka, plan, action))
                                .withCause(
                                        plan.survey().split(),
                                        "its readings lie in several partitions, as writers have different partitioners,"
                                                + " and nothing orders what comes from two")),
                forecasts,
                digest,
                deadLetters,
                (int) plan.warmUp().map(Duration::toHours).orElse(0L).longValue(),
                scores.scores());
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
}
