package io.loadcast.training.evaluation;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * How one forecaster did, by region and lead time 1 … horizon. A mean over the regions counts each the same, however long its
 * file is.
 *
 * @param name the model's name or the baseline's key
 * @param regions by region name, in the order of evaluation
 */
public record Scores(String name, Map<String, RegionScores> regions) {

    public Scores {
        regions = new LinkedHashMap<>(regions);
    }

    public int horizon() {
        return regions.values().stream().mapToInt(RegionScores::horizon).min().orElse(0);
    }

    /** How many hours with a load, over all lead times and regions, it had no forecast of; they are not scored. */
    public int missing() {
        return regions.values().stream().mapToInt(RegionScores::missing).sum();
    }

    /** Whether the metric applies to what it forecasts. */
    public boolean has(Metric metric) {
        return regions.values().stream().anyMatch(region -> region.byLead().containsKey(metric));
    }

    /** One region's metric at one lead time; NaN if it does not apply or nothing was scored. */
    public double at(Metric metric, String region, int lead) {
        return region(region).at(metric, lead);
    }

    /** The mean of the regions' metric at one lead time. */
    public double at(Metric metric, int lead) {
        return regions.values().stream()
                .mapToDouble(region -> region.at(metric, lead))
                .average()
                .orElse(Double.NaN);
    }

    /** One region's sMAPE in percent at one lead time. */
    public double smapePct(String region, int lead) {
        return at(Metric.SMAPE, region, lead);
    }

    /** The mean of the regions' sMAPE at one lead time. */
    public double smapePct(int lead) {
        return at(Metric.SMAPE, lead);
    }

    /** {@code 1 − sMAPE / sMAPE of the other} at one lead time of one region: 1 is perfect, below 0 it is the worse of the two. */
    public double skill(Scores other, String region, int lead) {
        return 1 - smapePct(region, lead) / other.smapePct(region, lead);
    }

    /** The skill by the means of the regions' sMAPE. */
    public double skill(Scores other, int lead) {
        return 1 - smapePct(lead) / other.smapePct(lead);
    }

    private RegionScores region(String name) {
        RegionScores region = regions.get(name);
        if (region == null) {
            throw new IllegalArgumentException("no region " + name + " among " + regions.keySet());
        }
        return region;
    }
}
