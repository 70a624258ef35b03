package io.loadcast.forecasting;

import io.loadcast.domain.Region;
import java.util.function.BiPredicate;
import org.jspecify.annotations.Nullable;

/**
 * What is kept of the challengers of one task's regions, in a store: of each a state and a score history. A challenger is told by the first
 * {@value #PREFIX} digits of its checksum. Used on the task's thread only.
 */
public interface ChallengerStates {
    int PREFIX = 16;

    /** Null if the model has not challenged in the region, or for other lead times than are scored now. */
    @Nullable
    ChallengerState of(Region region, String prefix);

    void put(Region region, String prefix, ChallengerState state);

    ScoreHistory historyOf(Region region, String prefix);

    /** Forgets all that is kept of the region and challenger, told by its prefix, that this is true of. */
    void removeIf(BiPredicate<Region, String> isOver);
}
