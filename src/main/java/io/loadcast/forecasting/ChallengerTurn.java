package io.loadcast.forecasting;

import io.loadcast.domain.Region;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One region's challengers while its due hours are settled, hour by hour: each is scored by {@link Scoring} in a state of its own, over the
 * region's loads. Not thread-safe; let go once it is stored.
 */
final class ChallengerTurn {
    static final ChallengerTurn NONE = new ChallengerTurn();

    /** One of them. */
    private static final class Shadow {
        private final ModelId model;
        private final ScoreHistory history;
        private ChallengerState state;
        private final RegionState scored;

        Shadow(ModelId model, ScoreHistory history, ChallengerState state, RegionState scored) {
            this.model = model;
            this.history = history;
            this.state = state;
            this.scored = scored;
        }
    }

    private final @Nullable Context of;
    private final List<Shadow> shadows = new ArrayList<>();

    private record Context(
            Region region,
            StateLayout layout,
            ModelId champion,
            ChallengerStates states,
            ChallengerOutputs outputs,
            @Nullable PromotionRule rule) {}

    private ChallengerTurn() {
        this.of = null;
    }

    /** @param state of the region, before its hours are settled */
    ChallengerTurn(
            Region region,
            RegionState state,
            ModelId champion,
            List<ForecastEngine> challengers,
            ChallengerStates states,
            ChallengerOutputs outputs,
            @Nullable PromotionRule rule) {
        this.of = new Context(region, state.layout(), champion, states, outputs, rule);
        for (ForecastEngine engine : challengers) {
            String prefix = Challengers.prefix(engine.model());
            ChallengerState known = states.of(region, prefix);
            long next = state.newestForecastHour() + 1;
            ChallengerState current = known == null ? ChallengerState.begun(state.layout(), next, champion) : known;
            if (!current.isAgainst(champion)) {
                current = current.against(champion, next);
            }
            shadows.add(new Shadow(engine.model(), states.historyOf(region, prefix), current, current.over(state)));
        }
    }

    /**
     * Scores an hour that the champion has just been scored by, and lets what challengers forecast in it wait.
     *
     * @param published the champion's history up to this hour
     */
    void settle(DueHour due, ScoreHistory published) {
        if (of == null) {
            return;
        }
        boolean isNewDay = false;
        for (Shadow shadow : shadows) {
            isNewDay |= ScoredDay.dayOf(due.hour()) > ScoredDay.dayOf(shadow.scored.newestForecastHour());
            if (!due.isReissue()) {
                give(shadow, Scoring.advance(shadow.scored, due.hour(), shadow.history));
            }
            Forecast forecast = due.forecastOf(shadow.model);
            if (forecast != null) {
                shadow.scored.keep(forecast);
            }
        }
        // Once a day is enough: each further look is one more chance to be wrong.
        if (of.rule() != null && isNewDay) {
            judge(of.rule(), due.hour(), published);
        }
    }

    private void give(Shadow shadow, List<PointScore> scores) {
        if (of != null) {
            scores.forEach(score -> of.outputs().score(of.region(), shadow.model, score));
        }
    }

    private void judge(PromotionRule rule, long hour, ScoreHistory published) {
        if (of == null || of.layout().leads() == 0 || shadows.stream().anyMatch(shadow -> shadow.state.isPromoted())) {
            return;
        }
        Shadow best = null;
        PromotionRule.Verdict why = null;
        for (Shadow shadow : shadows) {
            PromotionRule.Verdict verdict = rule.judge(losses(rule, shadow, hour, published));
            if (verdict.isBetter() && (why == null || verdict.challengerPct() < why.challengerPct())) {
                best = shadow;
                why = verdict;
            }
        }
        if (best != null && why != null) {
            best.state = best.state.promoted();
            of.outputs().promote(new Promotion(of.region(), hour, of.champion(), best.model, why));
        }
    }

    /** Of the newest hours, those that both have forecast since this challenger met this champion, at all scored lead times. */
    private static ComparedLosses losses(PromotionRule rule, Shadow shadow, long hour, ScoreHistory published) {
        StateLayout layout = shadow.scored.layout();
        int[] leads = layout.scoredLeads().hours();
        ComparedLosses losses = new ComparedLosses(leads);
        long first = Math.max(hour - rule.hours() + 1, shadow.state.comparedSinceHour() + layout.longestLeadHours());
        for (long turn = first; turn <= hour; turn++) {
            losses.add(
                    losses(published.of(ScoredDay.dayOf(turn)), turn, leads.length),
                    losses(shadow.history.of(ScoredDay.dayOf(turn)), turn, leads.length));
        }
        return losses;
    }

    private static double[] losses(ScoredDay day, long hour, int leads) {
        double[] pct = new double[leads];
        Arrays.fill(pct, Double.NaN);
        for (int lead = 0; lead < leads; lead++) {
            if (day.isForecast(hour, lead) && day.isScored(hour)) {
                pct[lead] = Scoring.Terms.of(day, hour, lead).smapeMicroPct() / RunningSums.MICRO;
            }
        }
        return pct;
    }

    /** Scores an hour once more, or for the first time, whose turn had passed. */
    void scoreAgain(long hour) {
        for (Shadow shadow : shadows) {
            give(shadow, Scoring.scoreAgain(shadow.scored, hour, shadow.history));
        }
    }

    /** Keeps what has become of them. */
    void store() {
        if (of != null) {
            for (Shadow shadow : shadows) {
                of.states().put(of.region(), Challengers.prefix(shadow.model), shadow.state.with(shadow.scored));
            }
        }
    }
}
