package io.loadcast.training.evaluation;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * How far one forecaster's medians were from the loads: sMAPE in percent by region and lead time.
 *
 * @param name the model's name or the baseline's key
 * @param regions by region name, in the order of evaluation; index {@code lead − 1}
 */
public record Scores(String name, Map<String, double[]> regions) {

    public Scores {
        regions = new LinkedHashMap<>(regions);
    }

    public int horizon() {
        return regions.values().stream().mapToInt(leads -> leads.length).min().orElse(0);
    }

    /** One region's sMAPE at one lead time, 1 … horizon. */
    public double smapePct(String region, int lead) {
        double[] leads = regions.get(region);
        if (leads == null) {
            throw new IllegalArgumentException("no region " + region + " among " + regions.keySet());
        }
        return leads[lead - 1];
    }

    /** The mean of the regions' sMAPE at one lead time: each region counts the same, however long its file is. */
    public double smapePct(int lead) {
        return regions.values().stream()
                .mapToDouble(leads -> leads[lead - 1])
                .average()
                .orElse(Double.NaN);
    }
}
