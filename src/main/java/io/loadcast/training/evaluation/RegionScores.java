package io.loadcast.training.evaluation;

/**
 * How one forecaster did in one region; index {@code lead − 1}.
 *
 * @param smapePct sMAPE of its medians, percent
 * @param coveragePct share of loads that lay inside its [p10, p90], percent; NaN if it has no such interval
 */
@SuppressWarnings("ArrayRecordComponent") // written once, read by index
public record RegionScores(double[] smapePct, double[] coveragePct) {}
