package io.loadcast.forecasting;

import io.loadcast.domain.Calendar;
import io.loadcast.domain.CivilCalendar;
import io.loadcast.domain.LookbackWindow;
import io.loadcast.domain.Megawatts;
import io.loadcast.domain.Quantile;
import io.loadcast.domain.Region;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The windows that wait for one engine, and what becomes of them. Outlives the engine: another that takes and gives the same goes on with
 * its memory. Not thread-safe.
 */
final class EngineBatch {
    private record Row(DueHour due, RegionState state, LookbackWindow window) {}

    private final WindowBatch windows;
    private final List<Row> rows;
    private final Map<CivilCalendar, Calendar> calendars = new HashMap<>();
    private final int p10;
    private final int p50;
    private final int p90;
    private ForecastEngine engine;

    EngineBatch(ForecastEngine engine, int capacity) {
        ModelManifest manifest = engine.manifest();
        this.engine = engine;
        this.windows = new WindowBatch(manifest, capacity);
        this.rows = new ArrayList<>(capacity);
        this.p10 = manifest.quantiles().indexOf(Quantile.P10);
        this.p50 = manifest.quantiles().indexOf(Quantile.P50);
        this.p90 = manifest.quantiles().indexOf(Quantile.P90);
    }

    ForecastEngine engine() {
        return engine;
    }

    /** Goes on with an engine that {@linkplain ModelManifest#takesAndGivesTheSame takes and gives the same}; no window waits. */
    void serve(ForecastEngine next) {
        engine = next;
    }

    /** Takes a window; runs the engine on those taken before if there is no room. */
    void add(DueHour due, RegionState state, LookbackWindow window, CivilCalendar civil) {
        if (windows.isFull()) {
            run();
        }
        Calendar calendar = calendars.computeIfAbsent(
                civil, of -> new Calendar(of, engine.manifest().calendarFeatures()));
        windows.add(due.region(), window.loadMw(), due.hour(), calendar);
        rows.add(new Row(due, state, window));
    }

    /** Runs the engine on what was taken and not run yet, and tells each hour its forecast. */
    void run() {
        if (rows.isEmpty()) {
            return;
        }
        engine.run(windows);
        for (int row = 0; row < rows.size(); row++) {
            settle(row, rows.get(row));
        }
        clear();
    }

    /** Forgets what was taken and not run. */
    void clear() {
        rows.clear();
        windows.clear();
    }

    private void settle(int row, Row taken) {
        LookbackWindow window = taken.window();
        int imputed = window.imputedHours();
        Region region = taken.due().region();
        Forecast forecast = new Forecast(
                region,
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

    private double[] column(int row, int quantile) {
        double[] mw = new double[engine.manifest().horizonHours()];
        for (int i = 0; i < mw.length; i++) {
            mw[i] = Megawatts.published(windows.quantileMw(row, i + 1, quantile));
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
