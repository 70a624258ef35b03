package io.loadcast.training.evaluation;

import io.loadcast.dataset.HourlySeries;
import io.loadcast.domain.Baseline;

/**
 * The mean absolute error in MW of repeating the day before, {@code mean(|y(t) − y(t−24)|)} over the hours before a region's test:
 * how hard the region is, and the unit of MASE (Hyndman and Koehler 2006).
 */
final class InSampleError {
    private InSampleError() {}

    /**
     * The error of one region.
     *
     * @param firstTestHour the first hour that the test forecasts; only hours before it count
     * @return NaN if no two loads are a day apart
     */
    static double ofSeasonalNaive(HourlySeries series, long firstTestHour) {
        double sum = 0;
        int pairs = 0;
        int end = (int) Math.min(series.hours(), firstTestHour - series.firstEpochHour());
        for (int hour = Baseline.MAX_LEAD_HOURS; hour < end; hour++) {
            int dayBefore = hour - Baseline.MAX_LEAD_HOURS;
            if (series.isPresent(hour) && series.isPresent(dayBefore)) {
                sum += Math.abs(series.loadMw(hour) - series.loadMw(dayBefore));
                pairs++;
            }
        }
        return pairs == 0 ? Double.NaN : sum / pairs;
    }
}
