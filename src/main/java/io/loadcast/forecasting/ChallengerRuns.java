package io.loadcast.forecasting;

import io.loadcast.domain.CivilCalendar;
import io.loadcast.domain.LookbackWindow;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The runs of challengers on the windows of a flush, after the champions'. Whatever becomes of one, no exception leaves: a challenger whose run
 * fails has no forecasts of this flush, and one that takes longer than {@link #SLOW} has none for {@link #REST} either. Not thread-safe.
 */
final class ChallengerRuns {
    static final Duration SLOW = Duration.ofSeconds(1);
    static final Duration REST = Duration.ofMinutes(1);

    private record Row(DueHour due, DueHour shadow, RegionState state, LookbackWindow window, CivilCalendar civil) {}

    private final EngineBatches batches;
    private final LongSupplier nanoTime;
    private final Map<ForecastEngine, List<Row>> waiting = new LinkedHashMap<>();

    /** When those began that are left out. */
    private final Map<ForecastEngine, Long> resting = new IdentityHashMap<>();

    private final Set<String> told = new HashSet<>();
    private @Nullable String failure;
    private long lost;

    ChallengerRuns(int capacity, LongSupplier nanoTime) {
        this.batches = new EngineBatches(capacity);
        this.nanoTime = nanoTime;
    }

    /** Forgets what an earlier flush that failed has left. */
    void begin() {
        waiting.clear();
    }

    /** Other models are in force. */
    void serve(Set<ForecastEngine> engines) {
        batches.serve(engines);
        resting.keySet().retainAll(engines);
    }

    /** Has a challenger forecast a due hour too. */
    void add(ForecastEngine engine, DueHour due, RegionState state, LookbackWindow window, CivilCalendar civil) {
        DueHour shadow = new DueHour(due.region(), state, due.hour(), due.input(), due::profile);
        waiting.computeIfAbsent(engine, key -> new ArrayList<>()).add(new Row(due, shadow, state, window, civil));
    }

    /** Runs them all, and tells each hour what was forecast. */
    void run() {
        waiting.forEach((engine, rows) -> {
            if (isResting(engine)) {
                lost += rows.size();
            } else {
                run(engine, rows);
            }
        });
        waiting.clear();
    }

    private boolean isResting(ForecastEngine engine) {
        Long since = resting.get(engine);
        if (since != null && nanoTime.getAsLong() - since >= REST.toNanos()) {
            resting.remove(engine);
            return false;
        }
        return since != null;
    }

    private void run(ForecastEngine engine, List<Row> rows) {
        long begun = nanoTime.getAsLong();
        try {
            EngineBatch batch = batches.of(engine);
            batch.clear();
            rows.forEach(row -> batch.add(row.shadow(), row.state(), row.window(), row.civil()));
            batch.run();
            rows.forEach(row -> tell(engine, row));
        } catch (RuntimeException e) { // whatever it is, the champion's forecasts must go out
            lost += rows.size();
            failed(engine, "fails: " + e.getMessage());
        }
        long now = nanoTime.getAsLong();
        if (now - begun > SLOW.toNanos()) {
            resting.put(engine, now);
            failed(engine, "took " + Duration.ofNanos(now - begun).toMillis() + " ms for " + rows.size() + " windows");
        }
    }

    private void tell(ForecastEngine engine, Row row) {
        Forecast forecast = row.shadow().forecast();
        if (forecast != null) {
            row.due().challengerForecastIs(forecast);
        } else {
            lost++;
            failed(engine, "gave a load that is not finite");
        }
    }

    private void failed(ForecastEngine engine, String what) {
        ModelId model = engine.model();
        if (told.add(model.sha256())) {
            failure = "challenger " + model.name() + "@" + model.version() + " (" + model.sha256() + ") " + what
                    + "; hours that it does not forecast are not scored. This is said once";
        }
    }

    /** What went wrong with a challenger of which nothing was said yet, once; null if nothing. */
    @Nullable
    String takeFailure() {
        String taken = failure;
        failure = null;
        return taken;
    }

    /** How many windows challengers have not forecast since this was asked last. */
    long takeLost() {
        long taken = lost;
        lost = 0;
        return taken;
    }
}
