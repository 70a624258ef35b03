package io.loadcast.forecasting;

import io.loadcast.domain.Baseline;
import io.loadcast.domain.Calendar;
import io.loadcast.domain.CivilCalendar;
import io.loadcast.domain.ImputationLimits;
import io.loadcast.domain.LookbackWindow;
import io.loadcast.domain.Megawatts;
import io.loadcast.domain.Quantile;
import io.loadcast.domain.Region;
import io.loadcast.domain.RegionCalendars;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Turns the lookbacks of due hours into forecasts, many in one run of the model.
 *
 * <p>Not thread-safe: it owns native memory and calendars. Each task has its own; the engine behind them is shared, and closed by
 * whoever opened it.
 */
public final class ForecastBatch {
    private static final List<Quantile> PUBLISHED = List.of(Quantile.P10, Quantile.P50, Quantile.P90);

    private record Row(DueHour due, RegionState state, LookbackWindow window) {}

    private final ForecastEngine engine;
    private final RegionCalendars civilCalendars;
    private final ImputationLimits limits;
    private final Ladder ladder;
    private final WindowBatch batch;
    private final List<Row> rows;
    private final Map<CivilCalendar, Calendar> calendars = new HashMap<>();
    private final int p10;
    private final int p50;
    private final int p90;

    /**
     * @param limits how much of a lookback may be imputed before the ladder below takes the model's place
     * @param capacity windows in one run of the model, at most
     * @throws ForecastEngineException if the model is not {@linkplain #requireServable servable}
     * @throws IllegalArgumentException if the capacity is not positive
     */
    public ForecastBatch(ForecastEngine engine, RegionCalendars civilCalendars, ImputationLimits limits, int capacity) {
        this.engine = engine;
        this.civilCalendars = civilCalendars;
        this.limits = limits;
        requireServable(engine.manifest());
        this.ladder = new Ladder(civilCalendars, engine.manifest().horizonHours());
        this.batch = new WindowBatch(engine.manifest(), capacity);
        this.rows = new ArrayList<>(capacity);
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

    /** What the model runs on now. */
    public String device() {
        return engine.device();
    }

    /** The engine's {@linkplain ForecastEngine#takeDeviceChange oldest change of device} that nobody has taken yet, or null. */
    public @Nullable DeviceChange takeDeviceChange() {
        return engine.takeDeviceChange();
    }

    /** How many windows one run of the model takes. */
    int capacity() {
        return batch.capacity();
    }

    /** How much of a lookback is imputed. */
    ImputationLimits limits() {
        return limits;
    }

    ModelId model() {
        return engine.model();
    }

    /** Whether the model forecasts the region if it has enough of its loads. */
    boolean forecasts(Region region) {
        return engine.manifest().forecasts(region);
    }

    /** What stands in where the model gives no forecast. */
    Ladder ladder() {
        return ladder;
    }

    /**
     * What the state has for a forecast issued at the hour.
     *
     * @param profile of the region in the hour's day; asked for only if the model has too little
     */
    ForecastInput input(Region region, RegionState state, Supplier<LoadProfile> profile, long hour) {
        return ForecastInput.of(engine.manifest(), limits, ladder, region, state, profile, hour);
    }

    /**
     * Takes an hour's input from the state, and its window for the model if it has one; runs the model on those taken before if there
     * is no room.
     *
     * @return the hour; forecast by the model, if it can be, once {@link #run} has returned
     * @throws ForecastEngineException if the device fails
     */
    DueHour add(Region region, RegionState state, Supplier<LoadProfile> profile, long hour) {
        DueHour due = new DueHour(region, state, hour, input(region, state, profile, hour), profile);
        if (due.input() instanceof ForecastInput.OfModel input) {
            if (batch.isFull()) {
                run();
            }
            batch.add(region, input.window().loadMw(), hour, calendarOf(region));
            rows.add(new Row(due, state, input.window()));
        }
        return due;
    }

    /**
     * Runs the model on what was taken and not run yet.
     *
     * @throws ForecastEngineException if the device fails; nothing is settled by then
     */
    void run() {
        if (rows.isEmpty()) {
            return;
        }
        engine.run(batch);
        for (int row = 0; row < rows.size(); row++) {
            settle(row, rows.get(row));
        }
        clear();
    }

    /** Forgets what was taken and not run. */
    void clear() {
        rows.clear();
        batch.clear();
    }

    private void settle(int row, Row taken) {
        LookbackWindow window = taken.window();
        int imputed = window.imputedHours();
        Forecast forecast = new Forecast(
                taken.due().region(),
                window.issueHour(),
                taken.due().revision(),
                engine.model(),
                ForecastMethod.MODEL,
                imputed == 0 ? ForecastQuality.OK : ForecastQuality.IMPUTED,
                null,
                imputed == 0
                        ? null
                        : InputGaps.of(taken.state(), window.issueHour()).imputed(),
                column(row, p10),
                column(row, p50),
                column(row, p90));
        if (isFinite(forecast)) {
            taken.due().forecastIs(forecast);
        }
    }

    private Calendar calendarOf(Region region) {
        return calendars.computeIfAbsent(
                civilCalendars.of(region),
                civil -> new Calendar(civil, engine.manifest().calendarFeatures()));
    }

    private double[] column(int row, int quantile) {
        double[] mw = new double[engine.manifest().horizonHours()];
        for (int i = 0; i < mw.length; i++) {
            mw[i] = Megawatts.published(batch.quantileMw(row, i + 1, quantile));
        }
        return mw;
    }

    private static boolean isFinite(Forecast forecast) {
        return isFinite(forecast.p10Mw()) && isFinite(forecast.p50Mw()) && isFinite(forecast.p90Mw());
    }

    private static boolean isFinite(double[] quantile) {
        for (double mw : quantile) {
            if (!Double.isFinite(mw)) {
                return false;
            }
        }
        return true;
    }
}
