package io.loadcast.forecasting;

import io.loadcast.domain.Megawatts;
import io.loadcast.domain.Smape;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The rules by which forecasts are scored as actual loads arrive: changes of a {@link RegionState}, a copy that
 * whoever calls may change, and of its {@link ScoreHistory}.
 */
final class Scoring {
    private static final double MICRO = RunningSums.MICRO;
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
        return last == hour && day != null && day.isScored(hour) ? score(state, day, hour, false) : List.of();
    }

    /**
     * Scores what was forecast for an hour whose turn has passed by what is read of it now: for the first time, or once more. What
     * it was scored by before leaves the sums; a load that is no measure of a forecast only does that.
     */
    static List<PointScore> scoreAgain(RegionState state, long hour, ScoreHistory history) {
        if (hour <= state.newestForecastHour() - ScoreHistory.HOURS || hour < state.firstScoredHour()) {
            return List.of();
        }
        ScoredDay before = history.of(ScoredDay.dayOf(hour));
        float loadMw = state.ring().inputMw(hour);
        boolean isScored = !Float.isNaN(loadMw);
        if (!isForecast(state, before, hour) || !(isScored || before.isScored(hour))) {
            return List.of();
        }
        if (before.isScored(hour)) {
            changeWindowsOf(state, before, hour, -1);
        }
        ScoredDay day = before.copy();
        day.isRead(hour, loadMw);
        history.put(day);
        return isScored ? score(state, day, hour, true) : List.of();
    }

    private static boolean isForecast(RegionState state, ScoredDay day, long hour) {
        for (int lead = 0; lead < state.layout().leads(); lead++) {
            if (day.isForecast(hour, lead)) {
                return true;
            }
        }
        return false;
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
            if (day.isForecast(leaving, lead) && day.isScored(leaving)) {
                RunningSums.change(state, lead, window, Terms.of(day, leaving, lead), -1);
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
            day.isRead(turn, turn == hour ? state.ring().inputMw(turn) : Float.NaN);
            history.put(day);
        }
        return day;
    }

    /**
     * What the ratio baseline would have said at the hour of issue, of loads that forecasts are made from: {@code y(t) · y(t+h−24) /
     * y(t−24)}, the last load where there is no such ratio, NaN where that is no longer known. Where the load at the hour of issue is
     * suspect, t is the newest hour before it that is not.
     */
    private static float baselineMw(RegionState state, long turn, long issueHour, long hour) {
        LoadRing ring = state.ring();
        long lastHour = issueHour;
        while (Float.isNaN(ring.certainInputMw(lastHour, hour)) && lastHour > issueHour - DAY_HOURS) {
            lastHour--;
        }
        float last = ring.certainInputMw(lastHour, hour);
        float scaled =
                last * (ring.certainInputMw(turn - DAY_HOURS, hour) / ring.certainInputMw(lastHour - DAY_HOURS, hour));
        return (float) Megawatts.published(Float.isFinite(scaled) ? scaled : last);
    }

    private static void changeWindowsOf(RegionState state, ScoredDay day, long hour, int sign) {
        for (int lead = 0; lead < state.layout().leads(); lead++) {
            if (day.isForecast(hour, lead)) {
                changeWindowsOf(state, lead, Terms.of(day, hour, lead), hour, sign);
            }
        }
    }

    private static void changeWindowsOf(RegionState state, int lead, Terms terms, long hour, int sign) {
        for (ScoreWindow window : ScoreWindow.values()) {
            if (hour > state.newestForecastHour() - window.hours()) {
                RunningSums.change(state, lead, window, terms, sign);
            }
        }
    }

    private static List<PointScore> score(RegionState state, ScoredDay day, long hour, boolean isLate) {
        StateLayout layout = state.layout();
        List<PointScore> scores = new ArrayList<>(layout.leads());
        for (int lead = 0; lead < layout.leads(); lead++) {
            if (day.isForecast(hour, lead)) {
                Terms terms = Terms.of(day, hour, lead);
                changeWindowsOf(state, lead, terms, hour, 1);
                scores.add(pointScore(state, hour, lead, day.revision(hour), isLate, terms));
            }
        }
        return scores;
    }

    private static PointScore pointScore(
            RegionState state, long hour, int lead, int revision, boolean isLate, Terms terms) {
        return new PointScore(
                hour,
                state.layout().leadHours(lead),
                revision,
                isLate,
                terms.actualMw(),
                terms.forecastMw(),
                terms.p10Mw(),
                terms.p90Mw(),
                terms.baselineMw(),
                terms.smapeMicroPct() / MICRO,
                terms.baselineSmapeMicroPct() / MICRO,
                terms.inInterval(),
                RunningSums.of(state, lead, ScoreWindow.LAST_24_HOURS),
                RunningSums.of(state, lead, ScoreWindow.LAST_168_HOURS),
                RunningSums.of(state, lead, ScoreWindow.ALL));
    }

    /** The terms of one score, as sums take them: sMAPE in whole millionths of a percent. */
    record Terms(
            double actualMw,
            double forecastMw,
            double p10Mw,
            double p90Mw,
            double baselineMw,
            int smapeMicroPct,
            int baselineSmapeMicroPct,
            boolean inInterval) {

        static Terms of(ScoredDay day, long hour, int lead) {
            double actualMw = Megawatts.ofStored(day.loadMw(hour));
            double forecastMw = Megawatts.published(day.p50Mw(hour, lead));
            double p10Mw = Megawatts.published(day.p10Mw(hour, lead));
            double p90Mw = Megawatts.published(day.p90Mw(hour, lead));
            double baselineMw = Megawatts.published(day.baselineMw(hour, lead));
            return new Terms(
                    actualMw,
                    forecastMw,
                    p10Mw,
                    p90Mw,
                    baselineMw,
                    micro(Smape.termPct(actualMw, forecastMw)),
                    micro(Smape.termPct(actualMw, baselineMw)),
                    p10Mw <= actualMw && actualMw <= p90Mw);
        }

        private static int micro(double pct) {
            return (int) Math.round(pct * MICRO);
        }
    }
}
