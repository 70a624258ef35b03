package io.loadcast.forecasting;

import io.loadcast.domain.Megawatts;
import io.loadcast.domain.Smape;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * The rules by which forecasts are scored as actual loads arrive: changes of a {@link RegionState}, a copy that
 * whoever calls may change, and of its {@link ScoreHistory}.
 */
final class Scoring {
    private static final double MICRO = 1e6;

    private Scoring() {}

    /**
     * Moves the newest forecast hour forward and lets the hours that leave the 24 h and 168 h windows fall out of the running
     * scores.
     */
    static void advance(RegionState state, long hour, ScoreHistory history) {
        ByteBuffer packed = state.mutablePacked();
        for (ScoreWindow window : ScoreWindow.values()) {
            if (window.isBounded()) {
                // Nothing newer than the newest forecast hour has been scored, so nothing newer can leave.
                long last = Math.min(hour, state.newestForecastHour() + window.hours());
                for (long turn = state.newestForecastHour() + 1; turn <= last; turn++) {
                    HourScores leaving = history.at(turn - window.hours());
                    if (leaving != null) {
                        subtract(packed, state.layout(), window, leaving);
                    }
                }
            }
        }
        packed.putLong(StateLayout.NEWEST_FORECAST_AT, hour);
    }

    /** Scores all forecasts that waited for the hour, whose load has been read; lead by lead. */
    static List<PointScore> score(RegionState state, long hour, ScoreHistory history) {
        StateLayout layout = state.layout();
        double actualMw = Megawatts.ofStored(state.loadMw(hour));
        HourScores scores = HourScores.unscored(hour, layout.horizonHours());
        List<PointScore> points = new ArrayList<>(layout.horizonHours());
        for (int lead = 1; lead <= layout.horizonHours(); lead++) {
            if (state.holdsPoint(hour, lead)) {
                points.add(scorePoint(state, hour, lead, actualMw, scores));
            }
        }
        // A score that is in no bounded window any more has nothing to give back; its slot belongs to a newer hour.
        if (!points.isEmpty() && hour > state.newestForecastHour() - ScoreHistory.HOURS) {
            history.put(scores);
        }
        return points;
    }

    private static PointScore scorePoint(RegionState state, long hour, int lead, double actualMw, HourScores scores) {
        double p10Mw = Megawatts.published(state.pointMw(hour, lead, 0));
        double forecastMw = Megawatts.published(state.pointMw(hour, lead, 1));
        double p90Mw = Megawatts.published(state.pointMw(hour, lead, 2));
        double baselineMw = Megawatts.published(state.pointMw(hour, lead, 3));
        int smape = micro(Smape.termPct(actualMw, forecastMw));
        int baselineSmape = micro(Smape.termPct(actualMw, baselineMw));
        boolean inInterval = p10Mw <= actualMw && actualMw <= p90Mw;
        scores.score(lead, smape, baselineSmape, inInterval);
        add(state, lead, hour, scores);
        return new PointScore(
                hour,
                lead,
                actualMw,
                forecastMw,
                baselineMw,
                smape / MICRO,
                baselineSmape / MICRO,
                inInterval,
                running(state, lead, ScoreWindow.LAST_24_HOURS),
                running(state, lead, ScoreWindow.LAST_168_HOURS),
                running(state, lead, ScoreWindow.ALL));
    }

    private static int micro(double pct) {
        return (int) Math.round(pct * MICRO);
    }

    private static void add(RegionState state, int lead, long hour, HourScores scores) {
        for (ScoreWindow window : ScoreWindow.values()) {
            if (hour > state.newestForecastHour() - window.hours()) {
                change(state.mutablePacked(), state.layout().scoreAt(lead, window), lead, scores, 1);
            }
        }
    }

    private static void subtract(ByteBuffer packed, StateLayout layout, ScoreWindow window, HourScores leaving) {
        for (int lead = 1; lead <= layout.horizonHours(); lead++) {
            if (leaving.isScored(lead)) {
                change(packed, layout.scoreAt(lead, window), lead, leaving, -1);
            }
        }
    }

    private static void change(ByteBuffer packed, int at, int lead, HourScores scores, int sign) {
        packed.putInt(at, packed.getInt(at) + sign);
        packed.putInt(
                at + StateLayout.INSIDE, packed.getInt(at + StateLayout.INSIDE) + (scores.inInterval(lead) ? sign : 0));
        packed.putLong(
                at + StateLayout.SMAPE,
                packed.getLong(at + StateLayout.SMAPE) + (long) sign * scores.smapeMicroPct(lead));
        packed.putLong(
                at + StateLayout.BASELINE_SMAPE,
                packed.getLong(at + StateLayout.BASELINE_SMAPE) + (long) sign * scores.baselineSmapeMicroPct(lead));
    }

    /** The running score of one lead time, as the state holds it. */
    static RunningScore running(RegionState state, int lead, ScoreWindow window) {
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
