package io.loadcast.forecasting;

import io.loadcast.domain.Baseline;
import io.loadcast.domain.Calendar;
import io.loadcast.domain.CivilCalendar;
import io.loadcast.domain.LookbackWindow;
import io.loadcast.domain.Megawatts;
import io.loadcast.domain.Quantile;
import io.loadcast.domain.Reading;
import io.loadcast.domain.Region;
import io.loadcast.domain.RegionCalendars;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The use case: a region's state and a reading go in; the new state, the scores of the forecasts that waited for that hour, and
 * the forecasts that became due come out.
 *
 * <p>Not thread-safe: it owns a batch and calendars. Each stream task has its own; the engine behind them is shared, and closed
 * by whoever opened it.
 */
public final class RegionForecasting {
    private static final List<Quantile> PUBLISHED = List.of(Quantile.P10, Quantile.P50, Quantile.P90);

    private final ForecastEngine engine;
    private final RegionCalendars civilCalendars;
    private final int maxImputedHours;
    private final WindowBatch batch;
    private final Map<CivilCalendar, Calendar> calendars = new HashMap<>();
    private final int p10;
    private final int p50;
    private final int p90;

    /**
     * @param maxImputedHours hours of a lookback that may be imputed before its forecast is withheld
     * @throws ForecastEngineException if the model is not {@linkplain #requireServable servable}
     */
    public RegionForecasting(ForecastEngine engine, RegionCalendars civilCalendars, int maxImputedHours) {
        this.engine = engine;
        this.civilCalendars = civilCalendars;
        this.maxImputedHours = maxImputedHours;
        requireServable(engine.manifest());
        this.batch = new WindowBatch(engine.manifest(), 1);
        this.p10 = engine.manifest().quantiles().indexOf(Quantile.P10);
        this.p50 = engine.manifest().quantiles().indexOf(Quantile.P50);
        this.p90 = engine.manifest().quantiles().indexOf(Quantile.P90);
    }

    /**
     * Checks that a model gives what a forecast consists of.
     *
     * @throws ForecastEngineException if it lacks one of the quantiles 0.1, 0.5 and 0.9, or looks further ahead than the day that
     *     the baseline knows
     */
    public static void requireServable(ModelManifest manifest) {
        if (!manifest.quantiles().containsAll(PUBLISHED)) {
            throw new ForecastEngineException("model '" + manifest.name() + "' gives the quantiles "
                    + manifest.quantiles() + "; serve one with 0.1, 0.5 and 0.9");
        }
        if (manifest.horizonHours() > Baseline.MAX_LEAD_HOURS) {
            throw new ForecastEngineException("model '" + manifest.name() + "' looks " + manifest.horizonHours()
                    + " hours ahead; serve one that looks at most " + Baseline.MAX_LEAD_HOURS);
        }
    }

    /** The name of the model that is served. */
    public String modelName() {
        return engine.model().name();
    }

    /**
     * What one reading led to.
     *
     * @param state the new state; the same object as before if nothing changed
     * @param outcome what the reading was to the state
     * @param scores the forecasts that had waited for this hour, scored; by lead time
     * @param forecasts what was issued
     * @param withheld why nothing was issued though an hour was due; null if nothing was withheld
     */
    public record Tick(
            RegionState state,
            ReadingOutcome outcome,
            List<PointScore> scores,
            List<Forecast> forecasts,
            @Nullable Withheld withheld) {}

    /**
     * Takes one reading.
     *
     * @param history the score history of the same region; is changed when scores come out
     * @throws ForecastEngineException if the device fails; neither state nor history is changed by then
     */
    public Tick on(RegionState before, Reading reading, ScoreHistory history) {
        ReadingOutcome outcome = before.outcomeOf(reading);
        RegionState state = before.with(reading);
        if (!state.isDue()) {
            return outcome == ReadingOutcome.LATE
                    ? scoredOnly(state, outcome, reading.epochHour(), history)
                    : new Tick(state, outcome, List.of(), List.of(), null);
        }
        long hour = state.newestReadingHour();
        boolean known = engine.manifest().forecasts(reading.region());
        LookbackWindow window = state.windowAt(hour, maxImputedHours);
        Forecast forecast = window == null || !known ? null : forecast(reading.region(), window);

        Scoring.Scored scored = Scoring.score(Scoring.advance(state, hour, history), hour, history);
        if (forecast != null) {
            return new Tick(scored.state().awaiting(forecast), outcome, scored.points(), List.of(forecast), null);
        }
        // A region that the model cannot forecast is told at its first reading, not only when its warm-up is over.
        Withheld withheld =
                !known ? Withheld.UNKNOWN_REGION : window == null ? Withheld.INCOMPLETE_LOOKBACK : Withheld.NOT_FINITE;
        return new Tick(scored.state(), outcome, scored.points(), List.of(), withheld);
    }

    private static Tick scoredOnly(RegionState state, ReadingOutcome outcome, long hour, ScoreHistory history) {
        Scoring.Scored scored = Scoring.score(state, hour, history);
        return new Tick(scored.state(), outcome, scored.points(), List.of(), null);
    }

    /** Null if the model's output is not finite. */
    private @Nullable Forecast forecast(Region region, LookbackWindow window) {
        batch.clear();
        batch.add(region, window.loadMw(), window.issueHour(), calendarOf(region));
        engine.run(batch);
        int imputed = window.imputedHours();
        Forecast forecast = new Forecast(
                region,
                window.issueHour(),
                0,
                engine.model(),
                imputed == 0 ? ForecastQuality.OK : ForecastQuality.IMPUTED,
                imputed == 0 ? null : imputed + " of " + window.loadMw().length + " hours imputed",
                column(p10),
                column(p50),
                column(p90),
                baseline(window));
        return isFinite(forecast) ? forecast : null;
    }

    private Calendar calendarOf(Region region) {
        return calendars.computeIfAbsent(
                civilCalendars.of(region),
                civil -> new Calendar(civil, engine.manifest().calendarFeatures()));
    }

    private double[] column(int quantile) {
        double[] mw = new double[engine.manifest().horizonHours()];
        for (int i = 0; i < mw.length; i++) {
            mw[i] = Megawatts.published(batch.quantileMw(0, i + 1, quantile));
        }
        return mw;
    }

    private double[] baseline(LookbackWindow window) {
        double[] mw = new double[engine.manifest().horizonHours()];
        for (int i = 0; i < mw.length; i++) {
            mw[i] = Megawatts.published(Baseline.RATIO.forecastMw(window.loadMw(), i + 1));
        }
        return mw;
    }

    private static boolean isFinite(Forecast forecast) {
        for (double[] quantile : List.of(forecast.p10Mw(), forecast.p50Mw(), forecast.p90Mw(), forecast.baselineMw())) {
            for (double mw : quantile) {
                if (!Double.isFinite(mw)) {
                    return false;
                }
            }
        }
        return true;
    }
}
