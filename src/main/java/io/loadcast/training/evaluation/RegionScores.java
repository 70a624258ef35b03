package io.loadcast.training.evaluation;

import java.util.EnumMap;
import java.util.Map;

/**
 * How one forecaster did in one region.
 *
 * @param horizon the largest lead time
 * @param byLead the metrics that apply to it, each at index {@code lead − 1}; NaN where nothing was scored
 * @param missing how many hours with a load, over all lead times, it had no forecast of
 * @param details what plots show
 */
public record RegionScores(int horizon, Map<Metric, double[]> byLead, int missing, RegionDetails details) {
    private static final double[] NONE = {};

    public RegionScores {
        Map<Metric, double[]> ordered = new EnumMap<>(Metric.class);
        ordered.putAll(byLead);
        byLead = ordered;
    }

    /** One metric at one lead time; NaN if it does not apply or nothing was scored. */
    public double at(Metric metric, int lead) {
        double[] values = byLead.getOrDefault(metric, NONE);
        return lead <= values.length ? values[lead - 1] : Double.NaN;
    }
}
