package io.loadcast.models;

import io.loadcast.forecasting.ComparedLosses;
import io.loadcast.forecasting.PromotionRule;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Challengers beside the champion of all regions, by the newest hours of the accuracy topic: an hour's loss at a lead time is the mean over the
 * regions in which both were scored. A region whose champion is another does not count. Not thread-safe.
 */
public final class ChallengerComparison {

    /** A score as its record tells it. */
    record Score(
            String region,
            long validHour,
            int leadHours,
            int revision,
            boolean isChallenger,
            String model,
            String sha256,
            double smapePct) {}

    private record Point(String region, long validHour, int leadHours) {}

    /**
     * What is found of one challenger.
     *
     * @param champion of all regions: {@code NAME@VERSION}
     * @param challenger {@code NAME@VERSION}
     * @param regions in which both were scored
     */
    public record Row(
            String champion,
            String championSha256,
            String challenger,
            String challengerSha256,
            int regions,
            ComparedLosses losses,
            PromotionRule.Verdict verdict) {}

    private final PromotionRule rule;
    private final Map<Point, Score> published = new HashMap<>();
    private final Map<String, Map<Point, Score>> challengers = new TreeMap<>();
    private final TreeSet<Integer> leads = new TreeSet<>();
    private long newestHour = Long.MIN_VALUE;

    ChallengerComparison(PromotionRule rule) {
        this.rule = rule;
    }

    /** Takes a record; the newest revision of a score counts. */
    void take(Score score) {
        Map<Point, Score> scores = score.isChallenger()
                ? challengers.computeIfAbsent(score.sha256(), sha256 -> new HashMap<>())
                : published;
        scores.merge(
                new Point(score.region(), score.validHour(), score.leadHours()),
                score,
                (before, next) -> next.revision() >= before.revision() ? next : before);
        leads.add(score.leadHours());
        newestHour = Math.max(newestHour, score.validHour());
    }

    /** The challengers, the best first. */
    List<Row> rows() {
        String champion = champion().orElse(null);
        if (champion == null) {
            return List.of();
        }
        Map<String, Long> since = new HashMap<>();
        for (Score score : published.values()) {
            if (score.sha256().equals(champion)) {
                since.merge(score.region(), score.validHour(), Math::min);
            }
        }
        return challengers.keySet().stream()
                .filter(sha256 -> !sha256.equals(champion))
                .map(sha256 -> row(champion, sha256, since))
                .sorted(Comparator.comparingDouble(row -> row.verdict().challengerPct()))
                .toList();
    }

    /** Of the champions that scores name, that of most. */
    private Optional<String> champion() {
        return published.values().stream()
                .filter(score -> score.validHour() == newestHour)
                .collect(Collectors.groupingBy(Score::sha256, TreeMap::new, Collectors.counting()))
                .entrySet()
                .stream()
                .max(Map.Entry.comparingByValue())
                .map(Map.Entry::getKey);
    }

    private Row row(String champion, String challenger, Map<String, Long> since) {
        Map<Point, Score> of = Objects.requireNonNull(challengers.get(challenger));
        int[] leadHours = leads.stream().mapToInt(Integer::intValue).toArray();
        ComparedLosses losses = new ComparedLosses(leadHours);
        Map<Point, Score> both = new HashMap<>(of);
        both.keySet().removeIf(point -> !isChampions(point, champion, since));
        Map<Long, Map<Integer, List<Point>>> byHour = both.keySet().stream()
                .collect(Collectors.groupingBy(Point::validHour, Collectors.groupingBy(Point::leadHours)));
        for (long hour = newestHour - rule.hours() + 1; hour <= newestHour; hour++) {
            Map<Integer, List<Point>> byLead = byHour.getOrDefault(hour, Map.of());
            losses.add(means(leadHours, byLead, published::get), means(leadHours, byLead, of::get));
        }
        List<String> regions =
                both.keySet().stream().map(Point::region).distinct().toList();
        return new Row(
                name(published.values(), champion),
                champion,
                name(of.values(), challenger),
                challenger,
                regions.size(),
                losses,
                rule.judge(losses));
    }

    /** Whether the champion was in force at the hour of issue, as far as the scores that were read tell. */
    private boolean isChampions(Point point, String champion, Map<String, Long> since) {
        Score score = published.get(point);
        long oldest = newestHour - rule.hours() + 1;
        Long first = since.get(point.region());
        return score != null
                && score.sha256().equals(champion)
                && first != null
                && (first <= oldest || point.validHour() - point.leadHours() >= first);
    }

    private static double[] means(
            int[] leads, Map<Integer, List<Point>> byLead, Function<Point, @Nullable Score> scores) {
        double[] means = new double[leads.length];
        for (int lead = 0; lead < leads.length; lead++) {
            List<Point> points = new ArrayList<>(byLead.getOrDefault(leads[lead], List.of()));
            points.sort(Comparator.comparing(Point::region)); // so that sums are the same each time
            means[lead] = points.stream()
                    .mapToDouble(
                            point -> Objects.requireNonNull(scores.apply(point)).smapePct())
                    .average()
                    .orElse(Double.NaN);
        }
        return means;
    }

    private static String name(Iterable<Score> scores, String sha256) {
        for (Score score : scores) {
            if (score.sha256().equals(sha256)) {
                return score.model();
            }
        }
        return sha256;
    }
}
