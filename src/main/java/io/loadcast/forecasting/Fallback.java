package io.loadcast.forecasting;

import io.loadcast.domain.Megawatts;

/**
 * The forecast by a rung of the ladder, where the model gives none. Its interval is as wide as the rung's running error in the region
 * says.
 */
final class Fallback {
    /** p90 of a normal error, over its mean size: 1.2816 / √(2 / π). */
    private static final double P90_OVER_MEAN_ERROR = 1.606;

    private Fallback() {}

    /** @param reason why the model gives none */
    static Forecast forecast(DueHour due, Ladder.Choice choice, ModelId model, FallbackCause cause, String reason) {
        double[] p50Mw = choice.p50Mw();
        double[] p10Mw = new double[p50Mw.length];
        double[] p90Mw = new double[p50Mw.length];
        for (int i = 0; i < p50Mw.length; i++) {
            double part = P90_OVER_MEAN_ERROR * errorPct(choice, i + 1) / 100;
            p10Mw[i] = Megawatts.published(Math.max(0, p50Mw[i] * (1 - part)));
            p90Mw[i] = Megawatts.published(p50Mw[i] * (1 + part));
        }
        return new Forecast(
                due.region(),
                due.hour(),
                due.revision(),
                model,
                choice.rung().method(),
                ForecastQuality.FALLBACK,
                cause,
                reason + choice.remark(),
                p10Mw,
                p50Mw,
                p90Mw);
    }

    /** The archive's error, times what the region's is of it: known at the scored lead times, between them by straight lines. */
    private static double errorPct(Ladder.Choice choice, int leadHours) {
        Rung rung = choice.rung();
        int[] leads = LoadProfile.SCORED_LEADS;
        double[] parts = new double[leads.length];
        for (int lead = 0; lead < leads.length; lead++) {
            parts[lead] = choice.profile().isScored(rung, lead)
                    ? choice.profile().smapePct(rung, lead) / rung.archivePct(leads[lead])
                    : 1;
        }
        return rung.archivePct(leadHours) * Rung.between(leads, parts, leadHours);
    }
}
