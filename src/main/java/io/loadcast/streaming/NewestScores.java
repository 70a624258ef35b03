package io.loadcast.streaming;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.time.Duration;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiPredicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The running scores of models as the newest records of the accuracy topic have them. */
public final class NewestScores {
    private static final ObjectMapper JSON = new ObjectMapper();

    /** Of a partition: enough for the newest hour of some thousand regions. */
    private static final long OFFSETS = 20_000;

    private static final Duration AT_MOST = Duration.ofSeconds(5);

    private NewestScores() {}

    /**
     * A model's mean over the regions in which it was scored in this role last.
     *
     * @param role {@code champion} of what is published, or {@code challenger}
     * @param model {@code NAME@VERSION}
     * @param regions how many
     * @param smapePct of the newest 168 hours, percent
     * @param baselineSmapePct of serving's baseline over the same hours
     */
    public record Row(
            String role,
            String model,
            String sha256,
            int leadHours,
            int regions,
            double smapePct,
            double baselineSmapePct) {}

    /** Of one region: a champion is the newest one, whichever it is; a challenger is one of several. */
    private record Key(String region, String role, String challenger, int leadHours) {}

    private record Score(Key key, String model, String sha256, double smapePct, double baselineSmapePct) {
        boolean isChampion() {
            return key.challenger().isEmpty();
        }
    }

    /**
     * Reads the scores, for at most five seconds.
     *
     * @param kafka Kafka client properties, {@code bootstrap.servers} at least
     * @param topic the accuracy topic
     * @param challenges whether a model, by its checksum, challenges in a region, by its name: scores of others count no more
     * @return by role, model and lead time, champions first
     * @throws KafkaUnavailableException if there is no such topic, or it cannot be read in time; says which
     */
    public static List<Row> read(Map<String, String> kafka, String topic, BiPredicate<String, String> challenges) {
        Map<Key, Score> newest = new HashMap<>();
        TopicTail.Outcome outcome = TopicTail.read(kafka, topic, OFFSETS, AT_MOST, record -> {
            Score score = score(record.value());
            if (score != null
                    && (score.isChampion() || challenges.test(score.key().region(), score.sha256()))) {
                newest.put(score.key(), score);
            }
            return true;
        });
        return switch (outcome) {
            case ALL, NEWEST -> rows(newest.values());
            case NO_TOPIC -> throw new KafkaUnavailableException("topic " + topic + " does not exist", null);
            case NOT_READ ->
                throw new KafkaUnavailableException(
                        "topic " + topic + " could not be read within " + AT_MOST.toSeconds() + " s", null);
        };
    }

    private static List<Row> rows(Collection<Score> scores) {
        Map<List<String>, List<Score>> groups = scores.stream()
                .collect(Collectors.groupingBy(score -> List.of(
                        score.key().role(),
                        score.sha256(),
                        Integer.toString(score.key().leadHours()))));
        return groups.values().stream()
                .map(NewestScores::row)
                // by the word, "champion" comes last
                .sorted(Comparator.comparing(Row::role)
                        .reversed()
                        .thenComparing(Row::model)
                        .thenComparing(Row::sha256)
                        .thenComparing(Row::leadHours))
                .toList();
    }

    private static Row row(List<Score> group) {
        Score any = group.get(0);
        List<Score> inOrder = group.stream()
                .sorted(Comparator.comparing(score -> score.key().region())) // so that sums are the same each time
                .toList();
        return new Row(
                any.key().role(),
                any.model(),
                any.sha256(),
                any.key().leadHours(),
                group.size(),
                inOrder.stream().mapToDouble(Score::smapePct).average().orElse(Double.NaN),
                inOrder.stream().mapToDouble(Score::baselineSmapePct).average().orElse(Double.NaN));
    }

    /** Null if it is none, or from before scores named their model's checksum. */
    private static @Nullable Score score(byte @Nullable [] value) {
        if (value == null) {
            return null;
        }
        try {
            JsonNode json = JSON.readTree(value);
            String role = json.required("role").asText();
            String sha256 = json.required("model_sha256").asText();
            return new Score(
                    new Key(
                            json.required("region").asText(),
                            role,
                            role.equals("challenger") ? sha256 : "",
                            json.required("lead_hours").asInt()),
                    json.required("model").asText() + "@"
                            + json.required("model_version").asText(),
                    sha256,
                    json.required("smape_168h_pct").asDouble(),
                    json.required("baseline_smape_168h_pct").asDouble());
        } catch (IOException | IllegalArgumentException e) {
            return null;
        }
    }
}
