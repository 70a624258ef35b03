package io.loadcast.forecasting;

import io.loadcast.domain.Megawatts;
import org.jspecify.annotations.Nullable;

/**
 * The forecast that is given where the model lacks input: the same hour of the newest day that has it, scaled by how the load at the issue
 * time compares with the load at that time of that day. With nothing missing this is serving's baseline. Its interval is as wide as that
 * baseline's running error in the region says.
 */
final class Fallback {
    private static final int DAY_HOURS = 24;

    /** p90 of a normal error, over its mean size: 1.2816 / √(2 / π). */
    private static final double P90_OVER_MEAN_ERROR = 1.606;

    // Mean sMAPE of the ratio baseline on the PJM archive by lead time, percent (docs/models.md): what is taken for a
    // region's error as long as nothing is known of it, and for its shape between the scored lead times.
    private static final int[] ARCHIVE_LEADS = {1, 2, 3, 6, 12, 18, 24};
    private static final double[] ARCHIVE_PCT = {1.384, 2.384, 3.274, 5.317, 7.860, 9.448, 10.606};

    private Fallback() {}

    /**
     * The median by lead time, MW at the published precision.
     *
     * @return null if a lead time has no such day, or the load at the issue time is suspect and cannot be imputed by the ratio rule
     */
    static double @Nullable [] p50Mw(LoadRing ring, long issueHour, int horizonHours) {
        double lastMw = lastMw(ring, issueHour);
        double[] p50Mw = new double[horizonHours];
        for (int lead = 1; lead <= horizonHours; lead++) {
            double mw = pointMw(ring, issueHour, lead, lastMw);
            if (Double.isNaN(mw)) {
                return null;
            }
            p50Mw[lead - 1] = Megawatts.published(mw);
        }
        return p50Mw;
    }

    private static double lastMw(LoadRing ring, long issueHour) {
        float read = ring.certainInputMw(issueHour, issueHour);
        if (!Float.isNaN(read)) {
            return read;
        }
        double change = (double) ring.certainInputMw(issueHour - DAY_HOURS, issueHour)
                / ring.certainInputMw(issueHour - DAY_HOURS - 1, issueHour);
        double imputed = ring.certainInputMw(issueHour - 1, issueHour) * change;
        return Double.isFinite(imputed) ? imputed : Double.NaN;
    }

    /** NaN if there is none. */
    private static double pointMw(LoadRing ring, long issueHour, int lead, double lastMw) {
        if (Double.isNaN(lastMw)) {
            return Double.NaN;
        }
        for (int back = DAY_HOURS; ring.isCertain(issueHour + lead - back, issueHour); back += DAY_HOURS) {
            double then = ring.certainInputMw(issueHour + lead - back, issueHour);
            if (!Double.isNaN(then)) {
                double ratio = lastMw / ring.certainInputMw(issueHour - back, issueHour);
                return then * (Double.isFinite(ratio) ? ratio : 1);
            }
        }
        return Double.NaN;
    }

    /**
     * The forecast, once the hour has been scored.
     *
     * @param state with the running scores of this hour
     */
    static Forecast forecast(DueHour due, double[] p50Mw, RegionState state, ModelId model, String reason) {
        double[] p10Mw = new double[p50Mw.length];
        double[] p90Mw = new double[p50Mw.length];
        for (int i = 0; i < p50Mw.length; i++) {
            double part = P90_OVER_MEAN_ERROR * errorPct(state, i + 1) / 100;
            p10Mw[i] = Megawatts.published(Math.max(0, p50Mw[i] * (1 - part)));
            p90Mw[i] = Megawatts.published(p50Mw[i] * (1 + part));
        }
        return new Forecast(
                due.region(), due.hour(), due.revision(), model, ForecastQuality.FALLBACK, reason, p10Mw, p50Mw, p90Mw);
    }

    /** The archive's error, times what the region's is of it: known at the scored lead times, between them by straight lines. */
    private static double errorPct(RegionState state, int leadHours) {
        StateLayout layout = state.layout();
        int[] leads = new int[layout.leads()];
        double[] parts = new double[leads.length];
        for (int lead = 0; lead < leads.length; lead++) {
            leads[lead] = layout.leadHours(lead);
            RunningScore score = RunningSums.of(state, lead, ScoreWindow.ALL);
            parts[lead] = score.count() == 0 ? 1 : score.baselineSmapePct() / archivePct(leads[lead]);
        }
        return archivePct(leadHours) * (leads.length == 0 ? 1 : between(leads, parts, leadHours));
    }

    private static double archivePct(int leadHours) {
        return between(ARCHIVE_LEADS, ARCHIVE_PCT, leadHours);
    }

    /** The value at a lead time of some of which it is known, ascending; beyond them, that of the nearest. */
    private static double between(int[] leads, double[] values, int leadHours) {
        int after = 0;
        while (after < leads.length && leads[after] < leadHours) {
            after++;
        }
        if (after == 0 || after == leads.length) {
            return values[Math.min(after, leads.length - 1)];
        }
        double share = (double) (leadHours - leads[after - 1]) / (leads[after] - leads[after - 1]);
        return (1 - share) * values[after - 1] + share * values[after];
    }
}
