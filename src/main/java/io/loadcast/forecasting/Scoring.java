package io.loadcast.forecasting;

import io.loadcast.domain.Megawatts;
import io.loadcast.domain.Smape;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The rules by which forecasts are scored as actual loads arrive: changes of a {@link RegionState}, a copy that
 * whoever calls may change, and of its {@link ScoreHistory}.
 */
final class Scoring {
    private static final double MICRO = 1e6;
    private static final int DAY_HOURS = 24;

    private Scoring() {}

    /**
     * Moves the newest forecast hour forward to an hour that was read: lets the hours that leave the 24 h and 168 h windows fall out
     * of the running scores, lays what was forecast for the hours passed into the history, and scores this one; lead by lead.
     */
    static List<PointScore> advance(RegionState state, long hour, ScoreHistory history) {
        if (state.layout().leads() == 0) {
            state.forecastIs(hour);
            return List.of();
        }
        long before = state.newestForecastHour();
        subtractLeaving(state, before, hour, history);
        // An hour that was not read may still be: what was forecast for it waits in the history.
        long last = Math.min(hour, before + state.layout().longestLeadHours());
        ScoredDay day = null;
        for (long turn = before + 1; turn <= last; turn++) {
            day = layIntoHistory(state, turn, hour, history);
        }
        state.forecastIs(hour);
        return last == hour && day != null ? score(state, day, hour) : List.of();
    }

    /** Scores what was forecast for an hour whose turn has passed and that is read only now. */
    static List<PointScore> scoreLate(RegionState state, long hour, ScoreHistory history) {
        if (hour <= state.newestForecastHour() - ScoreHistory.HOURS || hour < state.firstScoredHour()) {
            return List.of();
        }
        ScoredDay day = history.of(ScoredDay.dayOf(hour)).copy();
        day.read(hour, state.loadMw(hour));
        List<PointScore> scores = score(state, day, hour);
        if (!scores.isEmpty()) {
            history.put(day);
        }
        return scores;
    }

    private static void subtractLeaving(RegionState state, long before, long hour, ScoreHistory history) {
        for (ScoreWindow window : ScoreWindow.values()) {
            if (window.isBounded()) {
                // Nothing newer than the newest forecast hour has been scored, so nothing newer can leave.
                long last = Math.min(hour, before + window.hours());
                for (long turn = before + 1; turn <= last; turn++) {
                    subtract(state, window, turn - window.hours(), history);
                }
            }
        }
    }

    private static void subtract(RegionState state, ScoreWindow window, long leaving, ScoreHistory history) {
        if (leaving < state.firstScoredHour()) {
            return;
        }
        ScoredDay day = history.of(ScoredDay.dayOf(leaving));
        for (int lead = 0; lead < state.layout().leads(); lead++) {
            if (day.isForecast(leaving, lead) && !Float.isNaN(day.loadMw(leaving))) {
                change(state, lead, window, ScoreTerms.of(day, leaving, lead), -1);
            }
        }
    }

    /** The day of the hour; null if it had not been forecast. */
    private static @Nullable ScoredDay layIntoHistory(RegionState state, long turn, long hour, ScoreHistory history) {
        StateLayout layout = state.layout();
        ScoredDay day = null;
        for (int lead = 0; lead < layout.leads(); lead++) {
            long issueHour = turn - layout.leadHours(lead);
            if (state.holdsPoint(issueHour, lead)) {
                float baselineMw = baselineMw(state, turn, issueHour, hour);
                if (!Float.isNaN(baselineMw)) {
                    day = day == null ? history.of(ScoredDay.dayOf(turn)).copy() : day;
                    day.keep(turn, lead, state.mutablePacked(), layout.pointAt(issueHour, lead), baselineMw);
                }
                state.forgetPoint(issueHour, lead);
            }
        }
        if (day != null) {
            day.read(turn, turn == hour ? state.loadMw(turn) : Float.NaN);
            history.put(day);
        }
        return day;
    }

    /**
     * What the ratio baseline would have said at the hour of issue, of loads that were read: {@code y(t) · y(t+h−24) / y(t−24)}, the
     * last load where there is no such ratio, NaN where that is no longer known.
     */
    private static float baselineMw(RegionState state, long turn, long issueHour, long hour) {
        float last = loadMw(state, issueHour, hour);
        float scaled = last * (loadMw(state, turn - DAY_HOURS, hour) / loadMw(state, issueHour - DAY_HOURS, hour));
        return (float) Megawatts.published(Float.isFinite(scaled) ? scaled : last);
    }

    /** What the ring holds for certain while the hour is forecast, however many hours have come since. */
    private static float loadMw(RegionState state, long of, long hour) {
        long kept = state.layout().ringHours() - state.layout().backlogHours();
        return of > hour - kept ? state.loadMw(of) : Float.NaN;
    }

    private static List<PointScore> score(RegionState state, ScoredDay day, long hour) {
        StateLayout layout = state.layout();
        List<PointScore> scores = new ArrayList<>(layout.leads());
        for (int lead = 0; lead < layout.leads(); lead++) {
            if (day.isForecast(hour, lead)) {
                ScoreTerms terms = ScoreTerms.of(day, hour, lead);
                for (ScoreWindow window : ScoreWindow.values()) {
                    if (hour > state.newestForecastHour() - window.hours()) {
                        change(state, lead, window, terms, 1);
                    }
                }
                scores.add(pointScore(state, hour, lead, terms));
            }
        }
        return scores;
    }

    private static PointScore pointScore(RegionState state, long hour, int lead, ScoreTerms terms) {
        return new PointScore(
                hour,
                state.layout().leadHours(lead),
                terms.actualMw(),
                terms.forecastMw(),
                terms.baselineMw(),
                terms.smapeMicroPct() / MICRO,
                terms.baselineSmapeMicroPct() / MICRO,
                terms.inInterval(),
                running(state, lead, ScoreWindow.LAST_24_HOURS),
                running(state, lead, ScoreWindow.LAST_168_HOURS),
                running(state, lead, ScoreWindow.ALL));
    }

    /** The terms of one score, as sums take them: sMAPE in whole millionths of a percent. */
    private record ScoreTerms(
            double actualMw,
            double forecastMw,
            double baselineMw,
            int smapeMicroPct,
            int baselineSmapeMicroPct,
            boolean inInterval) {

        static ScoreTerms of(ScoredDay day, long hour, int lead) {
            double actualMw = Megawatts.ofStored(day.loadMw(hour));
            double forecastMw = Megawatts.published(day.p50Mw(hour, lead));
            double baselineMw = Megawatts.published(day.baselineMw(hour, lead));
            return new ScoreTerms(
                    actualMw,
                    forecastMw,
                    baselineMw,
                    micro(Smape.termPct(actualMw, forecastMw)),
                    micro(Smape.termPct(actualMw, baselineMw)),
                    Megawatts.published(day.p10Mw(hour, lead)) <= actualMw
                            && actualMw <= Megawatts.published(day.p90Mw(hour, lead)));
        }

        private static int micro(double pct) {
            return (int) Math.round(pct * MICRO);
        }
    }

    private static void change(RegionState state, int lead, ScoreWindow window, ScoreTerms terms, int sign) {
        ByteBuffer packed = state.mutablePacked();
        int at = state.layout().scoreAt(lead, window);
        packed.putInt(at, packed.getInt(at) + sign);
        packed.putInt(
                at + StateLayout.INSIDE, packed.getInt(at + StateLayout.INSIDE) + (terms.inInterval() ? sign : 0));
        packed.putLong(
                at + StateLayout.SMAPE, packed.getLong(at + StateLayout.SMAPE) + (long) sign * terms.smapeMicroPct());
        packed.putLong(
                at + StateLayout.BASELINE_SMAPE,
                packed.getLong(at + StateLayout.BASELINE_SMAPE) + (long) sign * terms.baselineSmapeMicroPct());
    }

    private static RunningScore running(RegionState state, int lead, ScoreWindow window) {
        ByteBuffer packed = state.mutablePacked();
        int at = state.layout().scoreAt(lead, window);
        int count = packed.getInt(at);
        double inverse = count == 0 ? 0 : 1.0 / count;
        return new RunningScore(
                count,
                packed.getLong(at + StateLayout.SMAPE) / MICRO * inverse,
                packed.getLong(at + StateLayout.BASELINE_SMAPE) / MICRO * inverse,
                100.0 * packed.getInt(at + StateLayout.INSIDE) * inverse);
    }
}
