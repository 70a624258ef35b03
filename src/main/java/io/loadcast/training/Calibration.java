package io.loadcast.training;

import ai.djl.ndarray.NDArray;
import io.loadcast.dataset.HourWindow;
import io.loadcast.dataset.HourlySeries;
import io.loadcast.zoo.Architecture;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * The factors that give intervals the coverage that they promise: conformalised quantile regression (Romano, Patterson and Candès
 * 2019) in its multiplicative form, per side and lead time. With m the median, l the lowest and u the highest quantile in loss space
 * and y what came, at each anchor of the validation windows:
 *
 * <pre>
 *   lo_h = (1 − τ_l)-quantile of (m − y) / (m − l)     and not below {@value #SMALLEST}, so that quantiles cannot cross
 *   hi_h = τ_u-quantile of (y − m) / (u − m)           likewise
 * </pre>
 *
 * Each region weighs the same, however many windows validate it.
 */
final class Calibration {
    /** The smallest factor. */
    static final float SMALLEST = 0.01f;

    /** Keeps the ratio finite where an interval has no width. */
    private static final float SMALLEST_WIDTH = 1e-6f;

    private final int horizon;
    private final double lowLevel;
    private final double highLevel;
    private final int median;

    Calibration(Architecture architecture) {
        int last = architecture.quantiles().size() - 1;
        horizon = architecture.horizonHours();
        median = last / 2;
        lowLevel = 1 - architecture.quantiles().get(0).probability();
        highLevel = architecture.quantiles().get(last).probability();
    }

    /**
     * The factors of a network whose own factors are 1.
     *
     * @param windows that it has not learnt from
     * @return [horizon, 2], row-major: below the median, above it
     */
    float[] factors(WindowForecasts forecasts, List<HourWindow> windows) {
        Map<HourlySeries, List<HourWindow>> byRegion = windows.stream()
                .collect(Collectors.groupingBy(HourWindow::series, IdentityHashMap::new, Collectors.toList()));
        List<Ratios> below = new ArrayList<>();
        List<Ratios> above = new ArrayList<>();
        for (List<HourWindow> region : byRegion.values()) {
            Ratios low = new Ratios(horizon);
            Ratios high = new Ratios(horizon);
            forecasts.forEachBatch(region, (batch, outcome) -> {
                low.add(ratios(outcome, 0));
                high.add(ratios(outcome, 2 * median));
            });
            below.add(low);
            above.add(high);
        }
        float[] factors = new float[horizon * 2];
        for (int h = 0; h < horizon; h++) {
            factors[2 * h] = factor(below, h, lowLevel);
            factors[2 * h + 1] = factor(above, h, highLevel);
        }
        return factors;
    }

    /** By how many widths of its side the actual lies beyond the median, [horizon, anchors of all windows]. */
    private float[] ratios(WindowForecasts.Outcome outcome, int quantile) {
        NDArray middle = outcome.forecasts().get("..., " + median);
        NDArray width = outcome.forecasts().get("..., " + quantile).sub(middle);
        NDArray outwards = outcome.targets().sub(middle).mul(width.sign());
        return outwards.div(width.abs().maximum(SMALLEST_WIDTH))
                .reshape(-1, horizon)
                .transpose(1, 0)
                .toFloatArray();
    }

    private static float factor(List<Ratios> regions, int h, double level) {
        List<float[]> sorted = regions.stream().map(region -> region.sorted(h)).toList();
        return Math.max(SMALLEST, quantile(sorted, level));
    }

    /**
     * The smallest value that at least a share of the numbers do not exceed, on average over the regions; the share is raised by one
     * part in as many as there are numbers, as split conformal prediction wants.
     *
     * @param regions at least one number each, ascending
     */
    static float quantile(List<float[]> regions, double level) {
        float[] all =
                new float[regions.stream().mapToInt(region -> region.length).sum()];
        int count = 0;
        for (float[] region : regions) {
            System.arraycopy(region, 0, all, count, region.length);
            count += region.length;
        }
        Arrays.sort(all);
        double wanted = Math.min(1, level * (1 + 1.0 / count));
        int low = 0;
        int high = count - 1;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (meanShare(regions, all[middle]) >= wanted - 1e-12) {
                high = middle;
            } else {
                low = middle + 1;
            }
        }
        return all[low];
    }

    private static double meanShare(List<float[]> regions, float value) {
        return regions.stream()
                .mapToDouble(region -> notAbove(region, value) / (double) region.length)
                .average()
                .orElseThrow();
    }

    private static int notAbove(float[] ascending, float value) {
        int low = 0;
        int high = ascending.length;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (ascending[middle] <= value) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    /** The ratios of one region, gathered batch by batch. */
    private static final class Ratios {
        private final int horizon;
        private final List<float[]> batches = new ArrayList<>();

        Ratios(int horizon) {
            this.horizon = horizon;
        }

        void add(float[] byLead) {
            batches.add(byLead);
        }

        /** Those of one lead time, ascending. */
        float[] sorted(int h) {
            int total =
                    batches.stream().mapToInt(batch -> batch.length / horizon).sum();
            float[] values = new float[total];
            int at = 0;
            for (float[] batch : batches) {
                int count = batch.length / horizon;
                System.arraycopy(batch, h * count, values, at, count);
                at += count;
            }
            Arrays.sort(values);
            return values;
        }
    }
}
