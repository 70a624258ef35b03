package io.loadcast.models;

import static org.assertj.core.api.Assertions.assertThat;

import io.loadcast.Contract;
import io.loadcast.domain.Region;
import io.loadcast.forecasting.ModelId;
import io.loadcast.forecasting.Promotion;
import io.loadcast.forecasting.PromotionRule;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class RegionAssignmentsTest {
    private static final Instant NOW = Instant.parse("2026-11-22T20:00:00Z");
    private static final Region AEP = new Region("AEP");
    private static final String A = "a".repeat(64);
    private static final String B = "b".repeat(64);
    private static final String C = "c".repeat(64);

    private static final Set<String> ALL_PUBLISHED = Set.of(A, B, C);

    private static final PromotionRule.Verdict EVIDENCE =
            new PromotionRule.Verdict(PromotionRule.Finding.BETTER, 150, 2.5, 2.25, 3.5, 0.0003);

    private final RegionAssignments assignments = new RegionAssignments();

    private static ModelAssignment assignment(
            @Nullable String champion, List<String> previous, List<String> challengers) {
        return new ModelAssignment(champion, previous, challengers, NOW);
    }

    private ModelAssignment promoted(String champion, String challenger, boolean isRollback) {
        return promoted(AEP, champion, challenger, isRollback);
    }

    private ModelAssignment promoted(@Nullable Region region, String champion, String challenger, boolean isRollback) {
        RegionAssignments.Change change =
                assignments.promoted(new Promotion(region, 480_000, model(champion), model(challenger), EVIDENCE), NOW);
        assertThat(change.isRollback()).isEqualTo(isRollback);
        assertThat(change.record().key()).isEqualTo("assignment/" + (region == null ? "*" : region.name()));
        byte[] value = Objects.requireNonNull(change.record().value());
        assertThat(Contract.of("model-assignment").violations(Contract.json(value)))
                .isEmpty();
        ModelAssignment next = ModelJson.assignment(value);
        assertThat(next.evidence()).as("why it was promoted").isEqualTo(EVIDENCE);
        return new ModelAssignment(next.champion(), next.previous(), next.challengers(), next.assignedTime());
    }

    private static ModelId model(String sha256) {
        return new ModelId("m", "1", sha256);
    }

    @Test
    void aRegionWithoutAnAssignmentGetsOneWithTheChallengersOfAll() {
        // given
        assignments.are(Map.of("*", assignment(null, List.of(), List.of(B, C))), ALL_PUBLISHED);

        // then
        assertThat(promoted(A, B, false)).isEqualTo(assignment(B, List.of(A), List.of(C, A)));
    }

    @Test
    void theFormerChampionIsRolledBackToAndTheOneThatTurnedOutWorseChallengesNoMore() {
        // given
        assignments.are(Map.of("AEP", assignment(B, List.of(A, C), List.of(C, A))), ALL_PUBLISHED);

        // then
        assertThat(promoted(B, A, true)).isEqualTo(assignment(A, List.of(C), List.of(C)));
    }

    @Test
    void anotherChallengerOfARegionWithAChampionOfItsOwnIsPromotedOverIt() {
        // given
        assignments.are(Map.of("AEP", assignment(B, List.of(A), List.of(A, C))), ALL_PUBLISHED);

        // then
        assertThat(promoted(B, C, false)).isEqualTo(assignment(C, List.of(B, A), List.of(A, B)));
    }

    @Test
    void aChampionThatIsRefusedComesAfterTheOneThatForecastInItsPlace() {
        // given
        assignments.are(Map.of("AEP", assignment(B, List.of(A), List.of(C))), ALL_PUBLISHED);

        // then
        assertThat(promoted(A, C, false)).isEqualTo(assignment(C, List.of(A, B), List.of(A)));
    }

    @Test
    void aModelThatIsNotOnTheTopicIsPutBackInARegionAsNoneAndTheOneThatTurnedOutWorseStaysOut() {
        // given
        assignments.are(
                Map.of("*", assignment(null, List.of(), List.of(B)), "AEP", assignment(B, List.of(A), List.of(A))),
                Set.of(B));

        // then
        assertThat(promoted(B, A, true)).isEqualTo(assignment(null, List.of(), List.of()));
    }

    @Test
    void aModelThatIsNotOnTheTopicIsNamedInARegionWhereNoneWouldMeanTheChampionOfAll() {
        // given
        assignments.are(Map.of("*", assignment(B, List.of(), List.of(A))), Set.of(B));

        // then
        assertThat(promoted(B, A, false)).isEqualTo(assignment(A, List.of(B), List.of(B)));
    }

    @Test
    void inAllRegionsTheModelThatWasStartedWithIsKeptToGoBackToAndPutBackIfItIsBetter() {
        // given
        assignments.are(
                Map.of("*", assignment(null, List.of(), List.of(B, C)), "AEP", assignment(C, List.of(), List.of())),
                Set.of(B, C));

        // when
        ModelAssignment promoted = promoted(null, A, B, false);

        // then
        assertThat(promoted).isEqualTo(assignment(B, List.of(A), List.of(C, A)));
        assignments.are(Map.of("*", promoted), Set.of(B, C));
        assertThat(promoted(null, B, A, true))
                .as("it is not on the topic, where others could load it")
                .isEqualTo(assignment(null, List.of(), List.of(C)));
    }
}
