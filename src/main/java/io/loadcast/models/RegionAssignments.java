package io.loadcast.models;

import io.loadcast.forecasting.Promotion;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The assignments that were put in force last, and what becomes of one when a challenger is promoted without a person. Thread-safe:
 * the follower of the topic says what they are, others ask.
 */
public final class RegionAssignments {
    private record Known(Map<String, ModelAssignment> assignments, Set<String> published) {}

    private volatile Known newest = new Known(Map.of(), Set.of());

    /**
     * A changed assignment.
     *
     * @param isRollback whether it puts the champion back that was before the present one
     */
    public record Change(ModelRecord record, boolean isRollback) {}

    /** @param published the checksums of all models on the topic */
    void are(Map<String, ModelAssignment> assignments, Set<String> published) {
        newest = new Known(Map.copyOf(assignments), Set.copyOf(published));
    }

    Optional<ModelAssignment> of(ModelScope scope) {
        return Optional.ofNullable(newest.assignments().get(scope.key()));
    }

    /** The assignment of a region, or of all, with a challenger as champion; see {@link ModelAssignment#promotedOver}. */
    public Change promoted(Promotion promotion, Instant now) {
        ModelScope scope = new ModelScope(promotion.region());
        ModelAssignment before = of(scope).orElseGet(() -> likeAll(now));
        String champion = promotion.champion().sha256();
        String challenger = promotion.challenger().sha256();
        ModelAssignment next = before.promotedOver(
                champion,
                challenger,
                promotion.verdict(),
                now,
                ModelAssignment.assignableIn(scope, of(ModelScope.ALL), newest.published()));
        // One that says nothing is written all the same: without it, a region would have the challengers of all again.
        ModelRecord record = new ModelRecord(ModelRecord.ASSIGNMENT + scope.key(), ModelJson.of(next));
        return new Change(record, before.isRollback(champion, challenger));
    }

    /** A region without an assignment of its own has the challengers of all. */
    private ModelAssignment likeAll(Instant now) {
        List<String> challengers =
                of(ModelScope.ALL).map(ModelAssignment::challengers).orElse(List.of());
        return new ModelAssignment(null, List.of(), challengers, now);
    }
}
