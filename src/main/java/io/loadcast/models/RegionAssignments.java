package io.loadcast.models;

import io.loadcast.domain.Region;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The assignments that were put in force last, and what becomes of one when a challenger is promoted in a region without a person. Thread-safe:
 * the follower of the topic says what they are, stream threads ask.
 */
public final class RegionAssignments {
    private volatile Map<String, ModelAssignment> newest = Map.of();

    /**
     * A changed assignment.
     *
     * @param isRollback whether it puts the champion back that was before the present one
     */
    public record Change(ModelRecord record, boolean isRollback) {}

    void are(Map<String, ModelAssignment> assignments) {
        newest = Map.copyOf(assignments);
    }

    /**
     * The region's assignment with a challenger as champion. The champion challenges from then on; if it was itself promoted over the
     * challenger, it is rolled back instead, and challenges no more.
     *
     * @param champion checksum of the model that is in force in the region
     * @param challenger checksum of the one that is to be
     */
    public Change promoted(Region region, String champion, String challenger, Instant now) {
        ModelScope scope = new ModelScope(region);
        Map<String, ModelAssignment> known = newest;
        ModelAssignment own = known.get(scope.key());
        boolean isRollback = own != null
                && champion.equals(own.champion())
                && !own.previous().isEmpty()
                && own.previous().get(0).equals(challenger);
        List<String> challengers = new ArrayList<>(challengersOf(own, known.get(ModelScope.ALL.key())));
        challengers.removeIf(sha256 -> sha256.equals(challenger) || sha256.equals(champion));
        Set<String> before = new LinkedHashSet<>();
        if (!isRollback) {
            challengers.add(champion);
            before.add(champion);
        }
        if (own != null) {
            if (!isRollback && own.champion() != null) {
                before.add(own.champion()); // one that could not be served
            }
            before.addAll(own.previous());
        }
        before.remove(challenger);
        ModelAssignment next = new ModelAssignment(
                challenger, before.stream().limit(ModelAssignment.KEPT).toList(), challengers, now);
        return new Change(ModelChanges.assigned(scope, next), isRollback);
    }

    private static List<String> challengersOf(@Nullable ModelAssignment own, @Nullable ModelAssignment all) {
        if (own != null) {
            return own.challengers();
        }
        return all == null ? List.of() : all.challengers();
    }
}
