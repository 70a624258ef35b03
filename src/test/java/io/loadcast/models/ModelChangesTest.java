package io.loadcast.models;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.loadcast.Contract;
import io.loadcast.domain.Region;
import io.loadcast.forecasting.ModelId;
import io.loadcast.forecasting.PromotionRule;
import io.loadcast.models.ModelChanges.Role;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ModelChangesTest {
    private static final Instant NOW = Instant.parse("2026-11-22T20:00:00Z");
    private static final ModelScope AEP = new ModelScope(new Region("AEP"));
    private static final List<ModelScope> EVERYWHERE = List.of(ModelScope.ALL);

    private final ModelCatalog catalog = new ModelCatalog();
    private final ModelDescriptor a = model("a");
    private final ModelDescriptor b = model("b");
    private final ModelDescriptor c = model("c");
    private long offset;

    private static ModelDescriptor model(String digit) {
        return model(digit, null, 3);
    }

    private static ModelDescriptor model(String digit, @Nullable URI uri, long bytes) {
        return new ModelDescriptor(
                new ModelId("model-" + digit, "1", digit.repeat(64)), "none", 90, 24, bytes, uri, NOW);
    }

    private void carryOut(List<ModelRecord> records) {
        records.forEach(record -> catalog.take(record.key(), record.value(), offset++));
    }

    private void publish(ModelDescriptor model, @Nullable Role role, ModelScope... scopes) {
        carryOut(ModelChanges.publish(catalog, model, new byte[3], role, List.of(scopes)));
    }

    private @Nullable String champion(ModelScope scope) {
        return catalog.assignment(scope).map(ModelAssignment::champion).orElse(null);
    }

    @Test
    void aModelThatIsPublishedWithoutARoleIsAssignedToNothing() {
        // when
        publish(a, null, ModelScope.ALL);

        // then
        assertThat(catalog.models()).containsExactly(a);
        assertThat(catalog.fileOffset(a.id().sha256())).contains(0L);
        assertThat(catalog.assignments()).isEmpty();
    }

    @Test
    void aChallengerThatIsPromotedOverItsChampionChangesPlacesWithIt() {
        // given
        String configured = "f".repeat(64);
        publish(a, Role.CHALLENGER, ModelScope.ALL);
        publish(b, null, ModelScope.ALL);

        // when
        carryOut(ModelChanges.promoteOver(catalog, configured, a.id().sha256(), NOW));

        // then
        assertThat(catalog.assignment(ModelScope.ALL))
                .contains(new ModelAssignment(a.id().sha256(), List.of(configured), List.of(configured), NOW));
        assertThatThrownBy(() -> ModelChanges.promoteOver(catalog, a.id().sha256(), b.id().sha256(), NOW))
                .isInstanceOf(ModelCatalogException.class)
                .hasMessageContaining("no longer challenges in all regions");
        carryOut(ModelChanges.rollBack(catalog, EVERYWHERE, NOW));
        assertThat(catalog.assignment(ModelScope.ALL))
                .as("what is not on the topic is not assigned")
                .isEmpty();
    }

    @Test
    void rollbacksGoBackTheWayThatPromotionsCameAndEndWithNoAssignment() {
        // given
        publish(a, Role.CHAMPION, ModelScope.ALL);
        publish(b, null, ModelScope.ALL);
        carryOut(ModelChanges.promote(catalog, b, EVERYWHERE, NOW));
        assertThat(champion(ModelScope.ALL)).isEqualTo(b.id().sha256());

        // then
        carryOut(ModelChanges.rollBack(catalog, EVERYWHERE, NOW));
        assertThat(champion(ModelScope.ALL)).isEqualTo(a.id().sha256());
        carryOut(ModelChanges.rollBack(catalog, EVERYWHERE, NOW));
        assertThat(catalog.assignments()).isEmpty();
        assertThatThrownBy(() -> ModelChanges.rollBack(catalog, EVERYWHERE, NOW))
                .isInstanceOf(ModelCatalogException.class)
                .hasMessage("all regions: no champion is assigned, so there is none to go back from");
    }

    @Test
    void aPersonsRollbackBringsNoChallengerBackThatTheRuleHasRejected() {
        // given
        publish(a, null, AEP);
        publish(b, Role.CHALLENGER, ModelScope.ALL);
        ModelAssignment promoted = byRule(ModelAssignment.none(NOW), "a".repeat(64), "b".repeat(64));
        ModelAssignment putBack = byRule(promoted, "b".repeat(64), "a".repeat(64));

        // when
        carryOut(List.of(ModelChanges.assigned(AEP, putBack)));
        carryOut(ModelChanges.rollBack(catalog, List.of(AEP), NOW));

        // then
        assertThat(catalog.assignment(AEP))
                .as("none of its own, and no challengers either")
                .contains(ModelAssignment.none(NOW));
    }

    @Test
    void aPersonsRollbackOfAPromotionToAModelThatIsNotOnTheTopicKeepsTheChallengerOut() {
        // given
        publish(b, Role.CHALLENGER, ModelScope.ALL);
        carryOut(
                List.of(ModelChanges.assigned(AEP, byRule(ModelAssignment.none(NOW), "a".repeat(64), "b".repeat(64)))));
        carryOut(ModelChanges.publish(catalog, b, new byte[3], null, List.of()));

        // when
        carryOut(ModelChanges.rollBack(catalog, List.of(AEP), NOW));

        // then
        ModelAssignment after = catalog.assignment(AEP).orElseThrow();
        assertThat(after.champion()).isNull();
        assertThat(after.challengers()).doesNotContain(b.id().sha256());
    }

    private static ModelAssignment byRule(ModelAssignment before, String champion, String challenger) {
        return before.promotedOver(
                champion,
                challenger,
                new PromotionRule.Verdict(PromotionRule.Finding.BETTER, 160, 5.5, 5.25, 3, 0.01),
                NOW,
                sha256 -> true);
    }

    @Test
    void promotingTheChampionAgainChangesNothingToGoBackTo() {
        // given
        publish(a, Role.CHAMPION, ModelScope.ALL);
        publish(b, Role.CHAMPION, ModelScope.ALL);

        // when
        carryOut(ModelChanges.promote(catalog, b, EVERYWHERE, NOW));

        // then
        assertThat(catalog.assignment(ModelScope.ALL).orElseThrow().previous()).containsExactly(a.id().sha256());
    }

    @Test
    void aChallengerThatIsPromotedChallengesNoMore() {
        // given
        publish(a, Role.CHAMPION, ModelScope.ALL);
        publish(b, Role.CHALLENGER, ModelScope.ALL);
        publish(c, Role.CHALLENGER, ModelScope.ALL);
        assertThat(catalog.assignment(ModelScope.ALL).orElseThrow().challengers())
                .containsExactly(b.id().sha256(), c.id().sha256());

        // when
        carryOut(ModelChanges.promote(catalog, b, EVERYWHERE, NOW));

        // then
        ModelAssignment assignment = catalog.assignment(ModelScope.ALL).orElseThrow();
        assertThat(assignment.champion()).isEqualTo(b.id().sha256());
        assertThat(assignment.challengers()).containsExactly(c.id().sha256());
    }

    @Test
    void aRegionsAssignmentIsItsOwn() {
        // when
        publish(a, Role.CHAMPION, ModelScope.ALL);
        publish(b, Role.CHAMPION, AEP);

        // then
        assertThat(champion(ModelScope.ALL)).isEqualTo(a.id().sha256());
        assertThat(champion(AEP)).isEqualTo(b.id().sha256());
        carryOut(ModelChanges.rollBack(catalog, List.of(AEP), NOW));
        assertThat(catalog.assignment(AEP)).as("it has what all have").isEmpty();
    }

    @Test
    void aRegionWithAnAssignmentHasNoneOfTheChallengersOfAll() {
        // when
        publish(a, Role.CHALLENGER, ModelScope.ALL);
        publish(b, Role.CHAMPION, AEP);

        // then
        assertThat(catalog.challengers("DUQ")).containsExactly(a.id().sha256());
        assertThat(catalog.challengers("AEP")).isEmpty();
    }

    @Test
    void onlyTenChampionsAreKept() {
        // when
        for (char digit : "0123456789abcdef".toCharArray()) {
            publish(model(String.valueOf(digit)), Role.CHAMPION, ModelScope.ALL);
        }

        // then
        assertThat(catalog.assignment(ModelScope.ALL).orElseThrow().previous())
                .hasSize(10)
                .startsWith("e".repeat(64), "d".repeat(64));
    }

    @Test
    void aChampionIsNotRetiredAndWhatIsRetiredIsGoneEverywhere() {
        // given
        publish(a, Role.CHAMPION, ModelScope.ALL);
        publish(b, Role.CHAMPION, ModelScope.ALL);
        publish(a, Role.CHALLENGER, AEP);
        assertThatThrownBy(() -> ModelChanges.retire(catalog, b, NOW))
                .hasMessage("model model-b@1 is champion of all regions; promote another there first");

        // when
        carryOut(ModelChanges.retire(catalog, a, NOW));

        // then
        assertThat(catalog.models()).containsExactly(b);
        assertThat(catalog.fileOffset(a.id().sha256())).isEmpty();
        assertThat(catalog.assignments().values()).noneMatch(assignment -> assignment.names(a.id().sha256()));
        assertThat(catalog.assignment(AEP)).isEmpty();
    }

    @Test
    void aFileThatIsTooLargeForARecordNeedsAUri() {
        // given
        byte[] large = new byte[(int) ModelDescriptor.LARGEST_IN_TOPIC_BYTES + 1];

        // then
        assertThatThrownBy(() -> ModelChanges.publish(catalog, a, large, null, EVERYWHERE))
                .isInstanceOf(ModelCatalogException.class)
                .hasMessageContaining("--uri");
        ModelDescriptor elsewhere = model("a", URI.create("https://models.example/a.onnx"), large.length);
        carryOut(ModelChanges.publish(catalog, elsewhere, large, null, EVERYWHERE));
        assertThat(catalog.models()).containsExactly(elsewhere);
        assertThat(catalog.fileOffset(a.id().sha256())).isEmpty();
    }

    @Test
    void modelsAreNamedByNameAndVersionOrTheStartOfTheirChecksum() {
        // given
        publish(a, null);
        publish(b, null);
        ModelDescriptor again =
                new ModelDescriptor(new ModelId("model-b", "1", "bbbb" + "c".repeat(60)), "none", 90, 24, 3, null, NOW);
        publish(again, null);

        // then
        assertThat(catalog.named("model-a@1")).isEqualTo(a);
        assertThat(catalog.named("aaaa")).isEqualTo(a);
        assertThat(catalog.named("bbbbc")).isEqualTo(again);
        assertThatThrownBy(() -> catalog.named("model-b@1")).hasMessageContaining("tell them apart");
        assertThatThrownBy(() -> catalog.named("aaa")).hasMessageContaining("no published model is 'aaa'");
        assertThatThrownBy(() -> catalog.named("model-a")).hasMessageContaining("NAME@VERSION");
    }

    @Test
    void aRecordThatIsNotValidIsToldAndChangesNothing() {
        // given
        publish(a, Role.CHAMPION, ModelScope.ALL);

        // then
        assertThatThrownBy(() -> catalog.take("assignment/*", "{\"champion\":\"abc\"}".getBytes(), 9))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> catalog.take("model/" + a.id().sha256(), ModelJson.of(b), 9))
                .hasMessageContaining("is not that of its key");
        assertThatThrownBy(() -> catalog.take("other", new byte[0], 9)).hasMessageContaining("file/");
        assertThat(champion(ModelScope.ALL)).isEqualTo(a.id().sha256());
    }

    @Test
    void recordsKeepTheirContractsAndAreReadAsTheyWereWritten() {
        // given
        ModelDescriptor elsewhere = model("c", URI.create("https://models.example/c.onnx"), 20_000_000);
        ModelAssignment assignment =
                ModelAssignment.none(NOW).promoted("a".repeat(64), NOW).promoted("b".repeat(64), NOW);

        // then
        for (ModelDescriptor model : List.of(a, elsewhere)) {
            assertThat(Contract.of("model").violations(Contract.json(ModelJson.of(model))))
                    .isEmpty();
            assertThat(Contract.of("model").undescribed(Contract.json(ModelJson.of(model))))
                    .isEmpty();
            assertThat(ModelJson.descriptor(ModelJson.of(model))).isEqualTo(model);
        }
        for (ModelAssignment one : List.of(
                assignment,
                ModelAssignment.none(NOW).challengedBy("c".repeat(64), NOW),
                byRule(assignment, 2.5),
                byRule(assignment, Double.POSITIVE_INFINITY))) {
            assertThat(Contract.of("model-assignment").violations(Contract.json(ModelJson.of(one))))
                    .isEmpty();
            assertThat(Contract.of("model-assignment").undescribed(Contract.json(ModelJson.of(one))))
                    .isEmpty();
            assertThat(ModelJson.assignment(ModelJson.of(one))).isEqualTo(one);
        }
    }

    private static ModelAssignment byRule(ModelAssignment before, double statistic) {
        return before.promotedOver(
                "b".repeat(64),
                "d".repeat(64),
                new PromotionRule.Verdict(PromotionRule.Finding.BETTER, 160, 5.5, 5.25, statistic, 0.01),
                NOW,
                sha256 -> true);
    }

    @Test
    void anAssignmentOfBeforeThereWasEvidenceIsReadAsAPersons() {
        // given
        String before = "{\"champion\":null,\"previous\":[],\"challengers\":[\"" + "c".repeat(64)
                + "\"],\"assigned_time\":\"2026-11-22T20:00:00Z\"}";

        // then
        assertThat(ModelJson.assignment(before.getBytes(UTF_8)).evidence()).isNull();
    }
}
