package io.loadcast.alerting;

import io.loadcast.forecasting.AlertKind;
import io.loadcast.forecasting.PointScore;
import java.util.Map;

/**
 * The rule that loads lie outside the interval of the next hour's forecast: far outside once, or outside several hours in a row. How far
 * is measured in half-widths: 0 is the median, 1 the bound of the interval on the load's side.
 *
 * @param hours so many in a row
 * @param beyond of each of them, half-widths
 * @param far of one alone, half-widths
 * @param clearHours hours inside the interval, in a row, that clear it
 */
record OutsideInterval(int hours, double beyond, double far, int clearHours) implements HourRule {
    static final int LEAD_HOURS = 1;

    /** What an interval of no width is taken for. */
    private static final double MOST = 999;

    @Override
    public AlertKind kind() {
        return AlertKind.OUTSIDE_INTERVAL;
    }

    @Override
    public Judgement judge(SettledHour hour, RegionAlerts state) {
        PointScore score = hour.score(LEAD_HOURS);
        if (score == null) {
            return Judgement.UNKNOWN;
        }
        if (score.inInterval()) {
            return Judgement.CALM;
        }
        double distance = distance(score);
        if (distance >= far) {
            return Judgement.ALARMING_AT_ONCE;
        }
        return distance > beyond ? Judgement.ALARMING : Judgement.BETWEEN;
    }

    private static double distance(PointScore score) {
        double off = score.actualMw() - score.forecastMw();
        double halfWidth = off > 0 ? score.p90Mw() - score.forecastMw() : score.forecastMw() - score.p10Mw();
        return Math.abs(off) >= MOST * halfWidth ? MOST : Math.abs(off) / halfWidth;
    }

    @Override
    public String message(SettledHour hour, RegionAlerts state, boolean isRaised) {
        if (!isRaised) {
            return "loads have been inside the forecast interval for " + clearHours + " hours";
        }
        PointScore score = scored(hour);
        String side = score.actualMw() > score.p90Mw() ? "above" : "below";
        return distance(score) >= far
                ? "the load of " + Evidence.mw(score.actualMw()) + " MW is far " + side + " the forecast of "
                        + Evidence.mw(score.forecastMw()) + " MW"
                : "loads have been outside the forecast interval for " + hours + " hours, the last one " + side + " it";
    }

    @Override
    public Map<String, String> evidence(SettledHour hour, RegionAlerts state) {
        PointScore score = scored(hour);
        return Map.of(
                "actual_mw", Evidence.mw(score.actualMw()),
                "forecast_mw", Evidence.mw(score.forecastMw()),
                "p10_mw", Evidence.mw(score.p10Mw()),
                "p90_mw", Evidence.mw(score.p90Mw()),
                "half_widths", Evidence.number(distance(score)));
    }

    private static PointScore scored(SettledHour hour) {
        PointScore score = hour.score(LEAD_HOURS);
        if (score == null) {
            throw new IllegalStateException("an hour that was not scored cannot change the alert");
        }
        return score;
    }
}
