package io.loadcast.training.evaluation;

import io.loadcast.domain.Quantile;
import io.loadcast.domain.Smape;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** Running {@linkplain Metric metrics} of one forecaster in one region. */
final class RegionSums {
    private final int horizon;
    private final List<Quantile> quantiles;
    private final int low;
    private final int median;
    private final int high;
    private final Map<Metric, LeadMeans> means = new EnumMap<>(Metric.class);

    /** @param quantiles what the forecaster gives, the median among them */
    RegionSums(int horizon, List<Quantile> quantiles) {
        this.horizon = horizon;
        this.quantiles = quantiles;
        this.low = quantiles.indexOf(Quantile.P10);
        this.median = quantiles.indexOf(Quantile.P50);
        this.high = quantiles.indexOf(Quantile.P90);
    }

    /**
     * Adds one hour.
     *
     * @param quantilesMw what was forecast for it, in the order of the quantiles
     */
    void add(int lead, double actualMw, double... quantilesMw) {
        addMedian(lead, actualMw, quantilesMw[median]);
        if (quantiles.size() > 1) {
            addTo(Metric.PINBALL, lead, pinballMw(actualMw, quantilesMw));
        }
        if (low >= 0 && high >= 0) {
            addTo(Metric.COVERAGE, lead, quantilesMw[low] <= actualMw && actualMw <= quantilesMw[high] ? 100 : 0);
            addTo(Metric.WIDTH, lead, quantilesMw[high] - quantilesMw[low]);
        }
    }

    private void addMedian(int lead, double actualMw, double medianMw) {
        double errorMw = actualMw - medianMw;
        addTo(Metric.SMAPE, lead, Smape.termPct(actualMw, medianMw));
        if (actualMw != 0) {
            addTo(Metric.MAPE, lead, 100 * Math.abs(errorMw / actualMw));
        }
        addTo(Metric.MAE, lead, Math.abs(errorMw));
        addTo(Metric.RMSE, lead, errorMw * errorMw);
    }

    private double pinballMw(double actualMw, double[] quantilesMw) {
        double sum = 0;
        for (int q = 0; q < quantilesMw.length; q++) {
            double p = quantiles.get(q).probability();
            double errorMw = actualMw - quantilesMw[q];
            sum += Math.max(p * errorMw, (p - 1) * errorMw);
        }
        return sum / quantilesMw.length;
    }

    private void addTo(Metric metric, int lead, double term) {
        means.computeIfAbsent(metric, unused -> new LeadMeans(horizon)).add(lead, term);
    }

    int horizon() {
        return horizon;
    }

    /**
     * The metrics that apply, each at index {@code lead − 1}.
     *
     * @param inSampleErrorMw the region's {@link InSampleError}, for MASE
     */
    Map<Metric, double[]> byLead(double inSampleErrorMw) {
        Map<Metric, double[]> byLead = new EnumMap<>(Metric.class);
        means.forEach((metric, mean) -> byLead.put(metric, mean.means()));
        byLead.computeIfPresent(
                Metric.RMSE,
                (metric, squares) -> Arrays.stream(squares).map(Math::sqrt).toArray());
        double[] maeMw = byLead.get(Metric.MAE);
        if (maeMw != null) {
            byLead.put(
                    Metric.MASE,
                    Arrays.stream(maeMw).map(mae -> mae / inSampleErrorMw).toArray());
        }
        return byLead;
    }
}
