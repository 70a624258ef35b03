package io.loadcast.forecasting;

import io.loadcast.domain.Region;
import java.util.List;
import java.util.Set;
import java.util.function.BiPredicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The use case beside {@link RegionForecasting}: challengers are scored by the hours that the champion is scored by, in the same way, and one that
 * is better by the rule is promoted. What comes out depends on event time alone, as long as the same models challenge and none fails.
 * Not thread-safe: each task has its own.
 */
public final class Challengers {
    private final ForecastBatch batch;
    private final ChallengerStates states;
    private final ChallengerOutputs outputs;
    private final @Nullable PromotionRule rule;

    /** For which what is kept of others was forgotten. */
    private @Nullable ModelSnapshot known;

    /** @param rule by which a challenger is promoted in a region; null if nothing but a person does that */
    public Challengers(
            ForecastBatch batch, ChallengerStates states, ChallengerOutputs outputs, @Nullable PromotionRule rule) {
        this.batch = batch;
        this.states = states;
        this.outputs = outputs;
        this.rule = rule;
    }

    private void forgetOthers() {
        ModelSnapshot current = batch.inForce();
        if (current != known) {
            known = current;
            BiPredicate<Region, String> isOver =
                    (region, prefix) -> !prefixes(batch.challengers(region)).contains(prefix);
            states.removeIf(isOver);
        }
    }

    private static Set<String> prefixes(List<ForecastEngine> engines) {
        return engines.stream().map(engine -> prefix(engine.model())).collect(Collectors.toSet());
    }

    static String prefix(ModelId model) {
        return model.sha256().substring(0, ChallengerStates.PREFIX);
    }

    /** A region's due hours are about to be settled. */
    ChallengerTurn turn(Region region, RegionState state) {
        forgetOthers();
        List<ForecastEngine> engines = batch.challengers(region);
        return engines.isEmpty()
                ? ChallengerTurn.NONE
                : new ChallengerTurn(region, state, batch.model(region), engines, states, outputs, rule);
    }

    /** A load has come of an hour whose turn had passed: as {@link Scoring#scoreAgain}, of what challengers forecast. */
    void scoreAgain(Region region, RegionState state, long hour) {
        List<ForecastEngine> engines = batch.challengers(region);
        if (!engines.isEmpty()) {
            ChallengerTurn turn =
                    new ChallengerTurn(region, state, batch.model(region), engines, states, outputs, rule);
            turn.scoreAgain(hour);
            turn.store();
        }
    }
}
