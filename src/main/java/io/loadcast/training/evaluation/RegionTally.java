package io.loadcast.training.evaluation;

import io.loadcast.domain.Quantile;
import java.util.List;

/** Takes one forecaster's forecasts in one region's test, and scores them. */
final class RegionTally {
    private final RegionTest test;
    private final RegionSums sums;
    private final DetailSums details;
    private int missing;

    /** @param quantiles what the forecaster gives, the median among them */
    RegionTally(RegionTest test, int horizon, List<Quantile> quantiles) {
        this.test = test;
        this.sums = new RegionSums(horizon, quantiles);
        this.details = new DetailSums(test, horizon, quantiles);
    }

    /** Adds one lead time of one window; nothing if there is no load to score it by. */
    void add(TestWindow window, int lead, double... quantilesMw) {
        float actualMw = window.actualMw()[lead - 1];
        if (!Float.isNaN(actualMw)) {
            sums.add(lead, actualMw, quantilesMw);
            details.add(window.issueHour() + lead, lead, actualMw, quantilesMw);
        }
    }

    /** Adds a forecast of the median for each lead time; where it is NaN there is none, which is counted and not scored. */
    void addMedians(TestWindow window, float[] medianMw) {
        for (int lead = 1; lead <= medianMw.length; lead++) {
            if (!Float.isNaN(medianMw[lead - 1])) {
                add(window, lead, medianMw[lead - 1]);
            } else if (!Float.isNaN(window.actualMw()[lead - 1])) {
                missing++;
            }
        }
    }

    RegionScores scores() {
        double inSampleErrorMw = InSampleError.ofSeasonalNaive(test.series(), test.firstTestHour());
        return new RegionScores(sums.horizon(), sums.byLead(inSampleErrorMw), missing, details.details());
    }
}
