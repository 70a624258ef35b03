package io.loadcast.forecasting;

import io.loadcast.domain.EpochHour;
import io.loadcast.domain.Reading;
import io.loadcast.domain.Region;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The use case over the regions of one task: readings go into their states and make hours due; {@link #flush} scores and
 * forecasts all that is due, in batches.
 *
 * <p>Outputs do not depend on when it flushes. Every due hour goes through the same steps in the same order as if it had been
 * flushed at once: its window ends with it, so later readings are not in it; what would change the window, or push an hour out of
 * the ring that it needs, waits for the flush. A reading that changes what the newest forecast saw makes its hour due once more.
 * Scoring an hour waits for its turn too, so that the forecast issued an hour earlier is there to be scored.
 *
 * <p>The queue is the state: an hour is due while it lies between the two clocks of its {@link RegionState}. What is kept here
 * beside the store is only a cache, made again by {@link #rebuild}. Not thread-safe: each task has its own.
 */
public final class RegionForecasting {
    private final IntakeRules rules;
    private final ForecastBatch batch;
    private final RegionStates states;
    private final ForecastOutputs outputs;
    private final Issuing issuing;
    private final @Nullable Challengers challengers;

    /** In the order in which they became due. */
    private final Set<Region> due = new LinkedHashSet<>();

    private int dueHours;
    private long flushes;
    private OptionalLong newestForecastHour = OptionalLong.empty();

    /** Without challengers. */
    public RegionForecasting(IntakeRules rules, ForecastBatch batch, RegionStates states, ForecastOutputs outputs) {
        this(rules, batch, states, outputs, null);
    }

    /** @param challengers of the same batch; null for none */
    public RegionForecasting(
            IntakeRules rules,
            ForecastBatch batch,
            RegionStates states,
            ForecastOutputs outputs,
            @Nullable Challengers challengers) {
        this.rules = rules;
        this.batch = batch;
        this.states = states;
        this.outputs = outputs;
        this.issuing = new Issuing(batch, outputs);
        this.challengers = challengers;
    }

    /** Finds in the store what is due, whoever put it there. */
    public void rebuild() {
        due.clear();
        dueHours = 0;
        newestForecastHour = OptionalLong.empty();
        states.forEach((region, state) -> {
            reached(state);
            if (state.isDue()) {
                due.add(region);
                dueHours += state.dueHours();
            }
        });
    }

    /** How many hours wait for the next {@link #flush}. */
    public int dueHours() {
        return dueHours;
    }

    /** How often something was flushed. */
    public long flushes() {
        return flushes;
    }

    /** The newest hour of all regions whose turn to be forecast has passed; empty before the first. */
    public OptionalLong newestForecastHour() {
        return newestForecastHour;
    }

    private void reached(RegionState state) {
        if (!state.isEmpty()) {
            long hour = state.newestForecastHour();
            newestForecastHour = OptionalLong.of(Math.max(hour, newestForecastHour.orElse(hour)));
        }
    }

    /**
     * Takes one reading; flushes before it if it would change what a due hour of its region sees, and after it if a batch is full.
     *
     * @return what the reading was to its region's state; if {@link ReadingOutcome#TOO_LATE} or
     *     {@link ReadingOutcome#DUPLICATE}, nothing happened
     * @throws ForecastEngineException as {@link #flush} does
     */
    public ReadingOutcome take(Reading reading) {
        Region region = reading.region();
        RegionState state = states.of(region);
        ReadingDecision decision = ReadingDecision.of(state, reading, rules.maxJumpHours());
        switch (decision.held()) {
            case UNTOUCHED -> {
                if (decision.outcome().isAccepted()) {
                    accept(state, reading);
                }
            }
            case BEGUN, CORRECTED -> states.put(region, state.holding(reading));
            case REPLACED -> {
                refuseHeld(region, state);
                states.put(region, state.holding(reading));
            }
            case REFUSED -> {
                refuseHeld(region, state);
                accept(state, reading);
            }
            case CONFIRMED -> {
                Reading held = held(region, state);
                boolean isOlder = held.epochHour() < reading.epochHour();
                accept(state, isOlder ? held : reading);
                accept(states.of(region), isOlder ? reading : held);
            }
        }
        return decision.outcome();
    }

    private static Reading held(Region region, RegionState state) {
        return new Reading(region, EpochHour.start(state.heldHour()), state.heldMw());
    }

    private void refuseHeld(Region region, RegionState state) {
        outputs.unconfirmed(held(region, state), state.isEmpty() ? null : state.newestReadingHour());
    }

    /** Puts a reading into the ring, in place of any that is held. */
    private void accept(RegionState stored, Reading reading) {
        Region region = reading.region();
        long hour = reading.epochHour();
        RegionState before = stored;
        if (before.isDue() && !before.keepsDueWindows(hour)) {
            flush();
            before = states.of(region);
        }
        Suspicion suspicion = Suspicion.of(before, reading, rules);
        RegionState state = before.with(reading, suspicion);
        if (!before.isEmpty() && hour <= before.newestReadingHour()) {
            give(region, Scoring.scoreAgain(state, hour, states.historyOf(region)));
            if (challengers != null) {
                challengers.scoreAgain(region, state, hour);
            }
            state.reissueIsDue(isNewestForecastOther(region, before, state));
        }
        states.put(region, state);
        if (suspicion != Suspicion.NONE) {
            outputs.suspect(region, suspicion);
        }
        if (state.isDue()) {
            due.add(region);
            dueHours++;
            if (dueHours >= batch.capacity()) {
                flush();
            }
        }
    }

    /** Whether the newest forecast would be another after a reading of an hour that it may have seen. */
    private boolean isNewestForecastOther(Region region, RegionState before, RegionState after) {
        long hour = after.newestForecastHour();
        // Nothing is due before the reading, so what is stored is the profile that the newest forecast saw.
        Supplier<LoadProfile> profile = () -> states.profileOf(region);
        ForecastInput input = batch.input(region, after, profile, hour);
        return input.isEnough() && !input.equals(batch.input(region, before, profile, hour));
    }

    /**
     * Scores and forecasts all that is due: the model on all windows first, then all changes, each region's state stored once.
     *
     * @throws ForecastEngineException if the device fails; nothing is changed or given out by then, and all is still due
     */
    public void flush() {
        if (due.isEmpty()) {
            return;
        }
        List<RegionTurn> turns = new ArrayList<>(due.size());
        batch.begin();
        try {
            for (Region region : due) {
                turns.add(turnOf(region));
            }
            batch.run();
            turns.forEach(this::settle);
        } finally {
            batch.end();
        }
        due.clear();
        dueHours = 0;
        flushes++;
    }

    /** @param profile that the region has after its due hours; null if they enter no new day */
    private record RegionTurn(List<DueHour> hours, @Nullable LoadProfile profile) {}

    private RegionTurn turnOf(Region region) {
        RegionState state = states.of(region);
        List<DueHour> hours = new ArrayList<>();
        Supplier<LoadProfile> profile = () -> states.profileOf(region);
        LoadProfile changed = null;
        long before = state.newestForecastHour();
        for (long hour = state.oldestDueHour();
                hour <= state.newestReadingHour();
                hour = state.ring().nextReadHour(hour + 1)) {
            if (ScoredDay.dayOf(hour) > ScoredDay.dayOf(before)) {
                LoadProfile entered = batch.ladder().entered(region, state, profile.get(), hour);
                changed = entered;
                profile = () -> entered;
            }
            hours.add(batch.add(region, state, profile, hour));
            before = hour;
        }
        return new RegionTurn(hours, changed);
    }

    private void settle(RegionTurn turn) {
        Region region = turn.hours().get(0).region();
        RegionState state = states.of(region).copy();
        ScoreHistory history = states.historyOf(region);
        ChallengerTurn shadows = challengers == null ? ChallengerTurn.NONE : challengers.turn(region, state);
        for (DueHour due : turn.hours()) {
            if (due.isReissue()) {
                state.reissueIsDue(false);
            } else {
                give(region, Scoring.advance(state, due.hour(), history));
            }
            issuing.settle(due, state);
            shadows.settle(due, history);
        }
        shadows.store();
        states.put(region, state);
        if (turn.profile() != null) {
            states.put(region, turn.profile());
        }
        reached(state);
    }

    private void give(Region region, List<PointScore> scores) {
        for (PointScore score : scores) {
            outputs.score(region, score);
        }
    }
}
