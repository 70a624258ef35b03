package io.loadcast.alerting;

import io.loadcast.forecasting.AlertKind;
import io.loadcast.forecasting.PointScore;
import io.loadcast.forecasting.RunningScore;
import java.util.Map;

/**
 * The rule that the interval has held too few of the loads of the newest 168 hours.
 *
 * @param leadHours of what is scored
 * @param belowPct a coverage below it is alarming
 * @param marginPct how far above that it has to rise to be calm
 * @param hours in a row that raise it
 * @param clearHours in a row that clear it
 */
record CoverageLost(int leadHours, double belowPct, double marginPct, int hours, int clearHours) implements HourRule {
    private static final int FEWEST_SCORES = 120;

    @Override
    public AlertKind kind() {
        return AlertKind.COVERAGE_LOST;
    }

    @Override
    public Judgement judge(SettledHour hour, RegionAlerts state) {
        PointScore score = hour.score(leadHours);
        if (score == null || score.last168h().count() < FEWEST_SCORES) {
            return Judgement.UNKNOWN;
        }
        double coveragePct = score.last168h().coveragePct();
        if (coveragePct < belowPct) {
            return Judgement.ALARMING;
        }
        return coveragePct >= belowPct + marginPct ? Judgement.CALM : Judgement.BETWEEN;
    }

    @Override
    public String message(SettledHour hour, RegionAlerts state, boolean isRaised) {
        String share = Evidence.pct(lastWeek(hour).coveragePct()) + " % of the loads of the newest 168 hours";
        return isRaised
                ? "the interval of " + leadHours + " h ahead held only " + share + "; it should hold 80 %"
                : "the interval of " + leadHours + " h ahead held " + share;
    }

    @Override
    public Map<String, String> evidence(SettledHour hour, RegionAlerts state) {
        RunningScore last = lastWeek(hour);
        return Map.of(
                "lead_hours", Integer.toString(leadHours),
                "coverage_168h_pct", Evidence.pct(last.coveragePct()),
                "count_168h", Integer.toString(last.count()),
                "below_pct", Evidence.pct(belowPct));
    }

    private RunningScore lastWeek(SettledHour hour) {
        PointScore score = hour.score(leadHours);
        if (score == null) {
            throw new IllegalStateException("an hour that was not scored cannot change the alert");
        }
        return score.last168h();
    }
}
