package io.loadcast.models;

import io.loadcast.forecasting.PromotionRule;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Which models a scope has, each by its checksum. Immutable.
 *
 * @param champion forecasts what is published; null for the model that applies without this assignment
 * @param previous the champions before it, newest first, at most {@value #KEPT}: what a rollback goes back to, and what forecasts if the
 *     champion cannot be served. Before the oldest there was none
 * @param challengers run beside the champion
 * @param assignedTime when it was assigned, by the wall clock
 * @param evidence why the rule has put this champion in force by itself; null if a person has
 */
public record ModelAssignment(
        @Nullable String champion,
        List<String> previous,
        List<String> challengers,
        Instant assignedTime,
        PromotionRule.@Nullable Verdict evidence) {
    static final int KEPT = 10;

    /** @throws IllegalArgumentException if a checksum is none */
    public ModelAssignment {
        previous = List.copyOf(previous);
        challengers = List.copyOf(challengers);
        List<String> all = new ArrayList<>(previous);
        all.addAll(challengers);
        if (champion != null) {
            all.add(champion);
        }
        for (String sha256 : all) {
            if (!ModelDescriptor.isSha256(sha256)) {
                throw new IllegalArgumentException("'" + sha256 + "' is not 64 lower-case hexadecimal digits");
            }
        }
    }

    /** By a person. */
    ModelAssignment(@Nullable String champion, List<String> previous, List<String> challengers, Instant assignedTime) {
        this(champion, previous, challengers, assignedTime, null);
    }

    static ModelAssignment none(Instant now) {
        return new ModelAssignment(null, List.of(), List.of(), now);
    }

    /** With this champion, which challenges no more. The same if it is champion already. */
    ModelAssignment promoted(String sha256, Instant now) {
        if (sha256.equals(champion)) {
            return this;
        }
        List<String> before = new ArrayList<>(without(previous, sha256));
        if (champion != null) {
            before.add(0, champion);
        }
        return new ModelAssignment(
                sha256, before.subList(0, Math.min(before.size(), KEPT)), without(challengers, sha256), now);
    }

    /** With the champion before this one, which challenges no more, or none if there was none. */
    ModelAssignment rolledBack(Instant now) {
        return previous.isEmpty()
                ? new ModelAssignment(null, List.of(), challengers, now)
                : new ModelAssignment(
                        previous.get(0),
                        previous.subList(1, previous.size()),
                        without(challengers, previous.get(0)),
                        now);
    }

    /**
     * With no champion if that may not stand here: only instances that are started with the same file could serve it, and these have it in
     * force where none is assigned. Nothing is before that.
     */
    ModelAssignment onTopic(Predicate<String> isAssignable) {
        return champion == null || isAssignable.test(champion)
                ? this
                : new ModelAssignment(null, List.of(), challengers, assignedTime, evidence);
    }

    /**
     * Which models may stand in an assignment of this scope as champion: those on the topic; and any other in a region where none would mean
     * the champion of all regions.
     *
     * @param all what is assigned to all regions
     */
    static Predicate<String> assignableIn(ModelScope scope, Optional<ModelAssignment> all, Set<String> published) {
        boolean noneIsTheConfigured = scope.equals(ModelScope.ALL)
                || all.map(ModelAssignment::champion).isEmpty();
        return noneIsTheConfigured ? published::contains : sha256 -> true;
    }

    /** With this challenger, last. */
    ModelAssignment challengedBy(String sha256, Instant now) {
        List<String> all = new ArrayList<>(without(challengers, sha256));
        all.add(sha256);
        return new ModelAssignment(champion, previous, all, now, evidence);
    }

    /** Without a model that is neither champion nor wanted any more. */
    ModelAssignment without(String sha256, Instant now) {
        return new ModelAssignment(champion, without(previous, sha256), without(challengers, sha256), now, evidence);
    }

    /** Whether the rule puts a champion back by promoting this model over the present one. */
    boolean isRollback(String inForce, String challenger) {
        return inForce.equals(champion)
                && !previous.isEmpty()
                && previous.get(0).equals(challenger);
    }

    /**
     * With a challenger as champion that the rule finds better. The model in force challenges from then on; if it was itself promoted over
     * the challenger, it is rolled back instead, and challenges no more: so a pair does not take turns for ever.
     *
     * @param inForce checksum of the model that forecasts, which is not the champion where that was refused or none is assigned
     * @param why null where a person has followed the rule
     * @param isAssignable as {@link #assignableIn} has it; none is assigned where a model is put in force that is not
     */
    ModelAssignment promotedOver(
            String inForce,
            String challenger,
            PromotionRule.@Nullable Verdict why,
            Instant now,
            Predicate<String> isAssignable) {
        List<String> others = new ArrayList<>(without(without(challengers, challenger), inForce));
        Set<String> before = new LinkedHashSet<>();
        if (!isRollback(inForce, challenger)) {
            others.add(inForce);
            before.add(inForce);
            if (champion != null) {
                before.add(champion);
            }
        }
        before.addAll(previous);
        before.remove(challenger);
        return new ModelAssignment(challenger, before.stream().limit(KEPT).toList(), others, now, why)
                .onTopic(isAssignable);
    }

    boolean names(String sha256) {
        return Objects.equals(sha256, champion) || previous.contains(sha256) || challengers.contains(sha256);
    }

    /** Whether it says no more than no assignment would. */
    boolean isNone() {
        return champion == null && challengers.isEmpty();
    }

    private static List<String> without(List<String> all, String sha256) {
        return all.stream().filter(other -> !other.equals(sha256)).toList();
    }
}
