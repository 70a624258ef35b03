package io.loadcast.training.evaluation;

import io.loadcast.domain.Smape;

/** Running scores of one forecaster in one region, by lead time. */
final class RegionSums {
    private final LeadMeans smapePct;
    private final LeadMeans coveragePct;

    RegionSums(int horizon) {
        smapePct = new LeadMeans(horizon);
        coveragePct = new LeadMeans(horizon);
    }

    void add(int lead, double actualMw, double forecastMw) {
        smapePct.add(lead, Smape.termPct(actualMw, forecastMw));
    }

    void addInterval(int lead, double actualMw, double lowMw, double highMw) {
        coveragePct.add(lead, lowMw <= actualMw && actualMw <= highMw ? 100 : 0);
    }

    RegionScores scores() {
        return new RegionScores(smapePct.means(), coveragePct.means());
    }
}
