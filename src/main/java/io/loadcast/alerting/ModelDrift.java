package io.loadcast.alerting;

import io.loadcast.forecasting.AlertKind;
import io.loadcast.forecasting.PointScore;
import io.loadcast.forecasting.RunningScore;
import java.util.Map;

/**
 * The rule that the model has become worse than serving's baseline, day by day: Page's one-sided test (E. S. Page, Continuous
 * Inspection Schemes, Biometrika 41, 1954). At the end of each UTC day, by how much the model's sMAPE of 24 hours exceeded the baseline's, as
 * a share of the baseline's, is added to a sum that never falls below zero; the alert is raised when the sum passes a threshold. The sum
 * is the test's statistic for a known level: the model is as good as the baseline. (The variant named after Page and Hinkley estimates
 * that level as it goes; here nobody has to.)
 *
 * <p>Days take the hours of a day together, as their errors depend on each other; one wild day counts as {@link #MOST_OF_A_DAY}.
 *
 * @param leadHours of what is scored
 * @param allowance how much worse a day may be without counting
 * @param threshold of the sum, in days on which the model's sMAPE is twice the baseline's
 */
record ModelDrift(int leadHours, double allowance, double threshold) implements HourRule {
    private static final int DAY_HOURS = 24;
    private static final int FEWEST_SCORES = 18;

    /** A day counts as one on which the sMAPE was twice the baseline's, at most; as one on which there was no error, at least. */
    static final double MOST_OF_A_DAY = 1;

    /** Below it a baseline is as good as right, and a share of it says nothing. */
    private static final double LEAST_SMAPE_PCT = 0.1;

    /** So that a long drift that is over is not remembered for as long. */
    private static final double MOST_OF_THE_THRESHOLD = 2;

    @Override
    public AlertKind kind() {
        return AlertKind.MODEL_DRIFT;
    }

    @Override
    public Judgement judge(SettledHour hour, RegionAlerts state) {
        PointScore score = hour.score(leadHours);
        if (score == null
                || score.last24h().count() < FEWEST_SCORES
                || Math.floorMod(hour.hour(), DAY_HOURS) != DAY_HOURS - 1) {
            return Judgement.UNKNOWN;
        }
        double sum = state.driftSum() + excess(score.last24h()) - allowance;
        state.driftSumIs((float) Math.max(0, Math.min(sum, MOST_OF_THE_THRESHOLD * threshold)));
        if (state.driftSum() >= threshold) {
            return Judgement.ALARMING;
        }
        return state.driftSum() == 0 ? Judgement.CALM : Judgement.BETWEEN;
    }

    private static double excess(RunningScore day) {
        double share = (day.smapePct() - day.baselineSmapePct()) / Math.max(day.baselineSmapePct(), LEAST_SMAPE_PCT);
        return Math.max(-MOST_OF_A_DAY, Math.min(share, MOST_OF_A_DAY));
    }

    @Override
    public int hours() {
        return 1;
    }

    @Override
    public int clearHours() {
        return 1;
    }

    @Override
    public String message(SettledHour hour, RegionAlerts state, boolean isRaised) {
        return isRaised
                ? "the model has been worse than the baseline for days, " + leadHours + " h ahead"
                : "the model is no longer worse than the baseline, " + leadHours + " h ahead";
    }

    @Override
    public Map<String, String> evidence(SettledHour hour, RegionAlerts state) {
        PointScore score = hour.score(leadHours);
        if (score == null) {
            throw new IllegalStateException("an hour that was not scored cannot change the alert");
        }
        return Map.of(
                "lead_hours", Integer.toString(leadHours),
                "smape_24h_pct", Evidence.number(score.last24h().smapePct()),
                "baseline_smape_24h_pct", Evidence.number(score.last24h().baselineSmapePct()),
                "smape_168h_pct", Evidence.number(score.last168h().smapePct()),
                "baseline_smape_168h_pct", Evidence.number(score.last168h().baselineSmapePct()),
                "page_sum", Evidence.number(state.driftSum()),
                "threshold", Evidence.number(threshold));
    }
}
