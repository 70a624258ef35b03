package io.loadcast.training.evaluation;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.ToDoubleFunction;

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
        return regions.values().stream()
                .mapToInt(region -> region.smapePct().length)
                .min()
                .orElse(0);
    }

    /** Whether it forecasts intervals, not only medians. */
    public boolean hasIntervals() {
        return !Double.isNaN(coveragePct(1));
    }

    /** One region's sMAPE in percent at one lead time. */
    public double smapePct(String region, int lead) {
        return region(region).smapePct()[lead - 1];
    }

    /** The mean of the regions' sMAPE at one lead time. */
    public double smapePct(int lead) {
        return mean(region -> region.smapePct()[lead - 1]);
    }

    /** Share of one region's loads that lay inside [p10, p90] at one lead time, percent. */
    public double coveragePct(String region, int lead) {
        return region(region).coveragePct()[lead - 1];
    }

    /** The mean of the regions' coverage at one lead time. */
    public double coveragePct(int lead) {
        return mean(region -> region.coveragePct()[lead - 1]);
    }

    private RegionScores region(String name) {
        RegionScores region = regions.get(name);
        if (region == null) {
            throw new IllegalArgumentException("no region " + name + " among " + regions.keySet());
        }
        return region;
    }

    private double mean(ToDoubleFunction<RegionScores> score) {
        return regions.values().stream().mapToDouble(score).average().orElse(Double.NaN);
    }
}
