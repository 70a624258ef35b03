package io.loadcast.training;

import static io.loadcast.zoo.LinearForecast.HOURS_OF_WEEK;

import ai.djl.ndarray.NDArray;
import io.loadcast.dataset.HourWindow;
import io.loadcast.dataset.HourlySeries;
import io.loadcast.domain.KnownRegions;
import io.loadcast.domain.Quantile;
import io.loadcast.zoo.Architecture;
import io.loadcast.zoo.CalibratedMedian;
import io.loadcast.zoo.Network;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * The two tables of a {@link CalibratedMedian}, after descent. With e the log-ratio that came less the median m, d the log-ratio of
 * the same hour of the last day, and w the hour of the week of the first hour ahead:
 *
 * <pre>
 *   bias[region, w, h] = Σ e / (n + {@value #ZERO_ROWS})            over the n anchors of the region in training; then m ← m + bias
 *   share_h = −Σ e·(m − d) / Σ (m − d)²          over validation, each region alike; kept within 0 … 1
 * </pre>
 *
 * The bias is what descent, which knows no regions, leaves of each; so many rows of zero keep a few rows from saying much. The share
 * takes back what descent learnt by heart: on hours that it has seen, the network departs from the last day with more confidence than
 * on others.
 */
final class MedianCalibration {
    private static final int ZERO_ROWS = 10;

    private final int horizon;
    private final int median;
    private final Network network;
    private final WindowForecasts forecasts;
    private final Map<HourlySeries, byte[]> hoursOfWeek = new IdentityHashMap<>();

    /** @param forecasts of the network, whose tables are zero */
    MedianCalibration(Architecture architecture, Network network, WindowForecasts forecasts) {
        this.horizon = architecture.horizonHours();
        this.median = architecture.quantiles().indexOf(Quantile.P50);
        this.network = network;
        this.forecasts = forecasts;
    }

    /**
     * The biases.
     *
     * @param windows that it has learnt from
     * @return as {@link CalibratedMedian#setRegionBias} takes them
     */
    float[] regionBias(List<HourWindow> windows, KnownRegions known) {
        int rows = (known.regions().size() + 1) * HOURS_OF_WEEK;
        double[] sums = new double[rows * horizon];
        int[] counts = new int[rows];
        forecasts.forEachBatch(windows, (batch, outcome) -> {
            float[] errors = outcome.targets().sub(median(outcome)).toFloatArray();
            for (int i = 0; i < batch.size() * network.anchors(); i++) {
                int row = row(batch.get(i / network.anchors()), i % network.anchors(), known);
                counts[row]++;
                for (int h = 0; h < horizon; h++) {
                    sums[row * horizon + h] += errors[i * horizon + h];
                }
            }
        });
        float[] bias = new float[sums.length];
        for (int i = 0; i < bias.length; i++) {
            bias[i] = (float) (sums[i] / (counts[i / horizon] + ZERO_ROWS));
        }
        return bias;
    }

    private int row(HourWindow window, int anchor, KnownRegions known) {
        HourlySeries series = window.series();
        byte[] hours = hoursOfWeek.computeIfAbsent(series, RidgeFit::hoursOfWeek);
        int next = window.start() + network.firstAnchor() + anchor + 1;
        return known.number(series.region()) * HOURS_OF_WEEK + Byte.toUnsignedInt(hours[next]);
    }

    /**
     * The shares, of a network with its biases.
     *
     * @param tables of the network; their shares are left at 0
     * @param windows that it has not learnt from
     * @return as {@link CalibratedMedian#setDayShare} takes them
     */
    float[] dayShare(CalibratedMedian tables, List<HourWindow> windows) {
        double[] products = new double[horizon];
        double[] squares = new double[horizon];
        Map<HourlySeries, List<HourWindow>> byRegion = windows.stream()
                .collect(Collectors.groupingBy(HourWindow::series, LinkedHashMap::new, Collectors.toList()));
        for (List<HourWindow> region : byRegion.values()) {
            List<float[]> lastDays = lastDays(tables, region);
            double anchors = (double) region.size() * network.anchors();
            int[] batchNumber = {0};
            forecasts.forEachBatch(region, (batch, outcome) -> {
                float[] lastDay = lastDays.get(batchNumber[0]++);
                float[] medians = median(outcome).toFloatArray();
                float[] targets = outcome.targets().toFloatArray();
                for (int i = 0; i < medians.length; i++) {
                    double away = medians[i] - lastDay[i];
                    products[i % horizon] += away * (targets[i] - medians[i]) / anchors;
                    squares[i % horizon] += away * away / anchors;
                }
            });
        }
        float[] share = new float[horizon];
        for (int h = 0; h < horizon; h++) {
            share[h] = squares[h] == 0 ? 0 : (float) Math.min(1, Math.max(0, -products[h] / squares[h]));
        }
        return share;
    }

    /** The log-ratios of the last day, batch by batch: what the median is at a share of 1. */
    private List<float[]> lastDays(CalibratedMedian tables, List<HourWindow> windows) {
        float[] all = new float[horizon];
        Arrays.fill(all, 1);
        tables.setDayShare(all);
        List<float[]> batches = new ArrayList<>();
        forecasts.forEachBatch(
                windows, (batch, outcome) -> batches.add(median(outcome).toFloatArray()));
        tables.setDayShare(new float[horizon]);
        return batches;
    }

    /** [B, anchors, horizon]. */
    private NDArray median(WindowForecasts.Outcome outcome) {
        return outcome.forecasts().get("..., " + median);
    }
}
