package io.loadcast.forecasting;

import io.loadcast.domain.Reading;
import io.loadcast.domain.Region;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * The use case over the regions of one task: readings go into their states and make hours due; {@link #flush} scores and
 * forecasts all that is due, in batches.
 *
 * <p>Outputs do not depend on when it flushes. Every due hour goes through the same steps in the same order as if it had been
 * flushed at once: its window ends with it, so later readings are not in it; what would change the window, or push an hour out of
 * the ring that it needs, waits for the flush. Scoring an hour waits for its turn too, so that the forecast issued an hour
 * earlier is there to be scored.
 *
 * <p>The queue is the state: an hour is due while it lies between the two clocks of its {@link RegionState}. What is kept here
 * beside the store is only a cache, made again by {@link #rebuild}. Not thread-safe: each task has its own.
 */
public final class RegionForecasting {
    private final ForecastBatch batch;
    private final RegionStates states;
    private final ForecastOutputs outputs;

    /** In the order in which they became due. */
    private final Set<Region> due = new LinkedHashSet<>();

    private int dueHours;
    private long flushes;

    public RegionForecasting(ForecastBatch batch, RegionStates states, ForecastOutputs outputs) {
        this.batch = batch;
        this.states = states;
        this.outputs = outputs;
    }

    /** Finds in the store what is due, whoever put it there. */
    public void rebuild() {
        due.clear();
        dueHours = 0;
        states.forEach((region, state) -> {
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

    /**
     * Takes one reading; flushes before it if it would change what a due hour of its region sees, and after it if a batch is full.
     *
     * @return what the reading was to its region's state; if {@link ReadingOutcome#TOO_LATE} or
     *     {@link ReadingOutcome#DUPLICATE}, nothing happened
     * @throws ForecastEngineException as {@link #flush} does
     */
    public ReadingOutcome take(Reading reading) {
        Region region = reading.region();
        RegionState before = states.of(region);
        ReadingOutcome outcome = before.outcomeOf(reading);
        if (outcome == ReadingOutcome.TOO_LATE || outcome == ReadingOutcome.DUPLICATE) {
            return outcome;
        }
        if (before.isDue() && !before.keepsDueWindows(reading)) {
            flush();
            before = states.of(region);
        }
        RegionState state = before.with(reading);
        if (outcome == ReadingOutcome.LATE) {
            give(region, Scoring.scoreLate(state, reading.epochHour(), states.historyOf(region)));
        }
        states.put(region, state);
        if (state.isDue()) {
            due.add(region);
            dueHours++;
            if (dueHours >= batch.capacity()) {
                flush();
            }
        }
        return outcome;
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
        List<List<DueHour>> byRegion = new ArrayList<>(due.size());
        batch.clear();
        for (Region region : due) {
            byRegion.add(windowsOf(region));
        }
        batch.run();
        byRegion.forEach(this::settle);
        due.clear();
        dueHours = 0;
        flushes++;
    }

    private List<DueHour> windowsOf(Region region) {
        RegionState state = states.of(region);
        List<DueHour> hours = new ArrayList<>();
        for (long hour = state.oldestDueHour(); hour <= state.newestReadingHour(); hour++) {
            if (state.isRead(hour)) {
                hours.add(batch.add(region, state, hour));
            }
        }
        return hours;
    }

    private void settle(List<DueHour> hours) {
        Region region = hours.get(0).region();
        RegionState state = states.of(region).copy();
        ScoreHistory history = states.historyOf(region);
        for (DueHour due : hours) {
            give(region, Scoring.advance(state, due.hour(), history));
            Forecast forecast = due.forecast();
            if (forecast != null) {
                state.keep(forecast);
                outputs.forecast(forecast);
            } else if (due.withheld() != null) {
                outputs.withheld(region, due.withheld());
            }
        }
        states.put(region, state);
    }

    private void give(Region region, List<PointScore> scores) {
        for (PointScore score : scores) {
            outputs.score(region, score);
        }
    }
}
