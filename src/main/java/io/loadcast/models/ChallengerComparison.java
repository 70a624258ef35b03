package io.loadcast.models;

import io.loadcast.forecasting.ComparedLosses;
import io.loadcast.forecasting.PromotionRule;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Challengers beside the champion of all regions, over the hours that the rule looks at: an hour's loss at a lead time is the mean over the
 * regions in which both were scored. A region whose champion is another does not count. Single scores are kept for as long as their region
 * may have more of them, and sums after that. Not thread-safe.
 */
public final class ChallengerComparison {
    /** No scored lead time is longer: so many hours before the first, it counts already who was champion. */
    static final int HOURS_BEFORE = 24;

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
    private final String champion;
    private final long newestHour;
    private final Map<String, RegionScores> open = new TreeMap<>(); // sorted, so that sums are the same each time
    private final Map<String, ComparedSums> sums = new TreeMap<>();
    private final TreeSet<Integer> leads = new TreeSet<>();
    private final Map<String, String> names = new HashMap<>();

    /**
     * @param champion checksum
     * @param newestHour the last of the hours
     */
    ChallengerComparison(PromotionRule rule, String champion, long newestHour) {
        this.rule = rule;
        this.champion = champion;
        this.newestHour = newestHour;
    }

    private long firstHour() {
        return newestHour - rule.hours() + 1;
    }

    /** The first hour of which scores are wanted. */
    long firstWantedHour() {
        return firstHour() - HOURS_BEFORE;
    }

    /** Whether scores of this hour change anything. */
    boolean wants(long hour) {
        return hour >= firstWantedHour() && hour <= newestHour;
    }

    /** Takes a score; one of an hour that is not wanted changes nothing. */
    void take(Score score) {
        if (!wants(score.validHour())) {
            return;
        }
        leads.add(score.leadHours());
        names.putIfAbsent(score.sha256(), score.model());
        if (!score.isChallenger() || !score.sha256().equals(champion)) {
            open.computeIfAbsent(score.region(), region -> new RegionScores(champion, firstHour(), rule.hours()))
                    .take(score);
        }
    }

    /** All scores were taken of the regions that any was taken of. */
    void completeRegions() {
        open.values().forEach(region -> region.addTo(sums));
        open.clear();
    }

    /** The challengers, the best first. */
    List<Row> rows() {
        completeRegions();
        return sums.entrySet().stream()
                .map(entry -> row(entry.getKey(), entry.getValue()))
                .sorted(Comparator.comparingDouble(row -> row.verdict().challengerPct()))
                .toList();
    }

    private Row row(String challenger, ComparedSums of) {
        ComparedLosses losses = of.losses(leads);
        return new Row(
                names.getOrDefault(champion, champion),
                champion,
                names.getOrDefault(challenger, challenger),
                challenger,
                of.regions(),
                losses,
                rule.judge(losses));
    }
}
