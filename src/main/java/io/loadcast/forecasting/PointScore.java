package io.loadcast.forecasting;

/**
 * One forecast point, scored against the load that was read: loads in MW, errors in percent.
 *
 * @param validHour the hour that was forecast
 * @param leadHours how far ahead it was forecast
 * @param revision how often it was scored before, against a load that was corrected since
 * @param isLate whether the hour's turn had passed when the load was read, or was corrected
 * @param actualMw the load read
 * @param forecastMw the median forecast
 * @param p10Mw the lower bound of its interval
 * @param p90Mw the upper bound
 * @param baselineMw the ratio baseline's forecast, issued at the same time
 * @param smapePct this hour's term of the model's sMAPE
 * @param baselineSmapePct this hour's term of the baseline's sMAPE
 * @param inInterval whether the load lay inside [p10, p90]
 * @param last24h the running score over the newest 24 hours, this one included
 * @param last168h the running score over the newest 168 hours
 * @param all the running score since the state began
 */
public record PointScore(
        long validHour,
        int leadHours,
        int revision,
        boolean isLate,
        double actualMw,
        double forecastMw,
        double p10Mw,
        double p90Mw,
        double baselineMw,
        double smapePct,
        double baselineSmapePct,
        boolean inInterval,
        RunningScore last24h,
        RunningScore last168h,
        RunningScore all) {

    /** Actual − forecast, MW. */
    public double residualMw() {
        return actualMw - forecastMw;
    }

    /** The hour at which the forecast was issued. */
    public long issueHour() {
        return validHour - leadHours;
    }
}
