package io.loadcast.training.evaluation;

import io.loadcast.domain.Quantile;
import java.util.Map;
import java.util.TreeMap;

/**
 * What the plots show of one forecaster in one region beyond its {@linkplain Metric metrics}.
 *
 * @param smapePctByHour sMAPE in percent over all lead times, at the civil hour of the day that was forecast, 0 … 23
 * @param belowPct share of loads at or below each quantile, percent, at index {@code lead − 1}: calibrated if it is the quantile's
 *     own probability (Gneiting, Balabdaoui and Raftery, "Probabilistic forecasts, calibration and sharpness", 2007)
 * @param week a week of its forecasts
 */
@SuppressWarnings("ArrayRecordComponent") // written once, read by index
record RegionDetails(double[] smapePctByHour, Map<Quantile, double[]> belowPct, SampleWeek week) {
    RegionDetails {
        belowPct = new TreeMap<>(belowPct);
    }
}
