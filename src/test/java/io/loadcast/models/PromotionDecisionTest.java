package io.loadcast.models;

import static org.assertj.core.api.Assertions.assertThat;

import io.loadcast.forecasting.ForecastEngine;
import io.loadcast.forecasting.ModelId;
import io.loadcast.forecasting.ModelSnapshot;
import io.loadcast.forecasting.Promotion;
import io.loadcast.forecasting.PromotionRule;
import io.loadcast.forecasting.VersionedEngine;
import io.loadcast.models.ChallengerComparison.Score;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

/**
 * Weeks of made-up scores of two models, window after window judged and decided as {@link GlobalPromotion} does. Errors a day ahead share what
 * the 24 hours between share.
 */
class PromotionDecisionTest {
    private static final Instant NOW = Instant.parse("2026-11-22T20:00:00Z");
    private static final PromotionRule RULE = PromotionRule.DEFAULT;
    private static final int WEEK = RULE.hours();
    private static final int REGIONS = 3;
    private static final long SEED = 26;

    private final VersionedEngine a = new VersionedEngine("a", 1);
    private final VersionedEngine b = new VersionedEngine("b", 1);
    private final Map<String, Double> levels = new HashMap<>(Map.of("a", 1.0, "b", 1.0));
    private final Map<String, double[]> noise = new HashMap<>();
    private final Random random = new Random(SEED);
    private final RegionAssignments assignments = new RegionAssignments();
    private final List<Promotion> promotions = new ArrayList<>();
    private final List<Boolean> rollbacks = new ArrayList<>();

    /** Of the newest two weeks, hour by hour: no window reaches back further. */
    private final ArrayDeque<List<Score>> scores = new ArrayDeque<>();

    private int hours;

    private VersionedEngine champion = a;
    private ModelAssignment assigned =
            new ModelAssignment(null, List.of(), List.of(b.model().sha256()), NOW);
    private long looked = -1;

    private Optional<PromotionDecision> decision() {
        ForecastEngine other = champion == a ? b : a;
        boolean challenges = assigned.challengers().contains(other.model().sha256());
        ModelSnapshot inForce =
                new ModelSnapshot(champion, Map.of(), challenges ? List.of(other) : List.of(), Map.of());
        return PromotionDecision.of(Optional.of(assigned), inForce, a.model().sha256());
    }

    private void run(int weeks) {
        for (int hour = 0; hour < weeks * WEEK; hour++) {
            score(hours);
            long complete = PromotionWindow.newestComplete(List.of((long) hours++), WEEK)
                    .orElseThrow()
                    .newestHour();
            if (complete > looked) {
                looked = complete;
                decision().ifPresent(decision -> judge(decision, complete));
            }
        }
    }

    private void judge(PromotionDecision decision, long newestHour) {
        ChallengerComparison comparison =
                new ChallengerComparison(RULE, champion.model().sha256(), newestHour);
        scores.forEach(hour -> hour.forEach(comparison::take));
        decision.by(comparison.rows(), newestHour).ifPresent(promotion -> {
            assignments.are(
                    Map.of("*", assigned), Set.of(a.model().sha256(), b.model().sha256()));
            RegionAssignments.Change change = assignments.promoted(promotion, NOW);
            promotions.add(promotion);
            rollbacks.add(change.isRollback());
            assigned = ModelJson.assignment(change.record().value());
            champion = champion == a ? b : a;
        });
    }

    private void score(int hour) {
        List<Score> all = new ArrayList<>();
        for (int region = 0; region < REGIONS; region++) {
            for (VersionedEngine model : List.of(a, b)) {
                for (int lead : List.of(1, 24)) {
                    String version = model.model().version();
                    double pct =
                            Math.max(0, lead * levels.get(version) * (1 + 0.3 * noise(region + version + lead, lead)));
                    all.add(new Score(
                            "region-" + region,
                            hour,
                            lead,
                            0,
                            model != champion,
                            version,
                            model.model().sha256(),
                            pct));
                }
            }
        }
        scores.add(all);
        if (scores.size() > 2 * WEEK) {
            scores.remove();
        }
    }

    /** Normal, of which that of {@code hours} neighbouring hours is made of the same shocks. */
    private double noise(String of, int hours) {
        double[] shocks =
                noise.computeIfAbsent(of, key -> random.doubles(hours, -1, 1).toArray());
        System.arraycopy(shocks, 1, shocks, 0, hours - 1);
        shocks[hours - 1] = random.nextGaussian();
        double sum = 0;
        for (double shock : shocks) {
            sum += shock;
        }
        return sum / Math.sqrt(hours);
    }

    @Test
    void modelsThatErrAlikeChangePlacesNoMoreOftenThanTheTestsSizeSays() {
        // when
        int weeks = 400;
        for (int week = 0; week < weeks; week++) {
            run(1);
            if (decision().isEmpty()) { // after a rollback: somebody lets the other challenge again
                ForecastEngine other = champion == a ? b : a;
                assigned = assigned.challengedBy(other.model().sha256(), NOW);
            }
        }

        // then
        System.out.println("seed " + SEED + ": " + promotions.size() + " promotions in " + weeks + " looks");
        assertThat(promotions.size()).isLessThanOrEqualTo(weeks / 10);
    }

    @Test
    void aBetterModelIsPromotedAndPutBackOnceItTurnsOutWorseAndThenThereIsPeace() {
        // given
        levels.put("b", 0.7);

        // when
        run(6);

        // then
        assertThat(promotions).singleElement().satisfies(promotion -> {
            assertThat(promotion.region()).isNull();
            assertThat(promotion.challenger()).isEqualTo(b.model());
            assertThat(promotion.verdict().challengerPct())
                    .isLessThan(promotion.verdict().championPct());
        });
        assertThat(rollbacks).containsExactly(false);
        assertThat(assigned.challengers()).containsExactly(a.model().sha256());

        // when
        levels.put("b", 1.5);
        run(6);

        // then
        assertThat(rollbacks).containsExactly(false, true);
        assertThat(champion).isSameAs(a);
        assertThat(assigned.challengers()).as("it challenges no more").isEmpty();

        // when
        levels.put("b", 0.1);
        run(6);

        // then
        assertThat(promotions).hasSize(2);
    }

    @Test
    void aPromotionIsNotUndoneBeforeMostOfAWindowWasForecastByTheNewChampion() {
        // given
        levels.put("b", 0.5);
        run(3);
        long promoted = promotions.get(0).hour();

        // when
        levels.put("b", 5.0);
        run(5);

        // then
        assertThat(promotions).hasSize(2);
        assertThat(promotions.get(1).hour() - promoted).isGreaterThanOrEqualTo(2L * WEEK);
    }

    @Test
    void afterAPersonsRollbackTheModelThatWasPromotedIsOut() {
        // given
        levels.put("b", 0.5);
        run(3);
        assertThat(promotions).hasSize(1);

        // when
        assigned = assigned.rolledBack(NOW);
        champion = a;
        run(6);

        // then
        assertThat(assigned.champion()).isEqualTo(a.model().sha256());
        assertThat(promotions).hasSize(1);
    }

    @Test
    void nothingIsDecidedWhereAnotherModelForecastsThanIsAssigned() {
        // given
        ModelId refused = new ModelId("c", "1", "c".repeat(64));
        ModelSnapshot inForce = new ModelSnapshot(a, Map.of(), List.of(b), Map.of());

        // then
        assertThat(PromotionDecision.of(
                        Optional.of(assigned), inForce, a.model().sha256()))
                .isPresent();
        assertThat(PromotionDecision.of(Optional.of(assigned), inForce, refused.sha256()))
                .isEmpty();
        assertThat(PromotionDecision.of(
                        Optional.of(assigned.promoted(refused.sha256(), NOW)),
                        inForce,
                        a.model().sha256()))
                .isEmpty();
        assertThat(PromotionDecision.of(Optional.empty(), inForce, a.model().sha256()))
                .isEmpty();
    }

    @Test
    void ofSeveralChallengersTheBestThatRunsIsPromoted() {
        // given
        PromotionDecision decision = decision().orElseThrow();
        PromotionRule.Verdict better = new PromotionRule.Verdict(PromotionRule.Finding.BETTER, 168, 2, 1, 9, 0.0001);
        PromotionRule.Verdict worse =
                new PromotionRule.Verdict(PromotionRule.Finding.WITHIN_MARGIN, 168, 2, 0.9, 9, 0.0001);

        // then
        assertThat(decision.by(List.of(row("c", better), row("b", better)), 7))
                .as("a model that scored and challenges no more is passed over")
                .hasValueSatisfying(promotion -> {
                    assertThat(promotion.challenger()).isEqualTo(b.model());
                    assertThat(promotion.hour()).isEqualTo(7);
                });
        assertThat(decision.by(List.of(row("b", worse)), 7)).isEmpty();
    }

    private static ChallengerComparison.Row row(String version, PromotionRule.Verdict verdict) {
        return new ChallengerComparison.Row("a", "a".repeat(64), version, version.repeat(64), 3, null, verdict);
    }
}
