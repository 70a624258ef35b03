package io.loadcast.training;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.loadcast.domain.Quantile;
import java.util.Arrays;
import java.util.List;

/**
 * How far forecasts are from targets, both in loss space, as one number: a mean over batch, anchors and lead times h. With e = target
 * − forecast, s_h the typical error at that lead and w_h its weight:
 *
 * <pre>
 *   pinball (Koenker and Bassett 1978)   w_h / s_h · max(τ_q·e, (τ_q − 1)·e), mean over quantiles q, the median twice
 *   mae                                  w_h / s_h · |e|        of the median
 *   mse                                  w_h · (e / s_h)²       of the median
 * </pre>
 *
 * The minimum of a pinball term is the quantile τ_q.
 */
final class ForecastLoss {
    private static final float MEDIAN_WEIGHT = 2; // what is scored

    private final LossKind kind;
    private final float[] levels;
    private final int median;
    private final float[] leadWeights;
    private final float[] leadScale;

    /** @param leadScale typical absolute error per lead time: a lead that is hard by nature does not outweigh an easy one */
    ForecastLoss(LossSettings settings, List<Quantile> quantiles, float[] leadScale) {
        this.kind = settings.kind();
        this.leadScale = leadScale.clone();
        this.median = quantiles.indexOf(Quantile.P50);
        this.levels = new float[quantiles.size()];
        for (int q = 0; q < levels.length; q++) {
            levels[q] = (float) quantiles.get(q).probability();
        }
        this.leadWeights = new float[leadScale.length];
        Arrays.fill(leadWeights, 1);
        leadWeights[0] = (float) settings.nextHourWeight();
    }

    /**
     * The loss of one batch.
     *
     * @param targets [B, anchors, horizon]
     * @param forecasts [B, anchors, horizon, quantiles]
     * @return a scalar
     */
    NDArray of(NDArray targets, NDArray forecasts) {
        if (kind == LossKind.PINBALL) {
            return pinball(targets, forecasts);
        }
        NDManager manager = targets.getManager();
        NDArray scaled = targets.sub(forecasts.get("..., " + median)).div(byLead(manager, leadScale));
        NDArray error = kind == LossKind.MAE ? scaled.abs() : scaled.square();
        return error.mul(byLead(manager, leadWeights)).mean();
    }

    private NDArray pinball(NDArray targets, NDArray forecasts) {
        NDManager manager = targets.getManager();
        NDArray error = targets.expandDims(3).sub(forecasts);
        NDArray level = manager.create(levels, new Shape(1, 1, 1, levels.length));
        NDArray pinball = error.mul(level).maximum(error.mul(level.sub(1)));
        return pinball.mul(manager.create(pinballWeights(), new Shape(1, 1, leadScale.length, levels.length)))
                .mean();
    }

    private float[] pinballWeights() {
        float[] weights = new float[leadScale.length * levels.length];
        for (int i = 0; i < weights.length; i++) {
            int h = i / levels.length;
            weights[i] = (i % levels.length == median ? MEDIAN_WEIGHT : 1) * leadWeights[h] / leadScale[h];
        }
        return weights;
    }

    private static NDArray byLead(NDManager manager, float[] values) {
        return manager.create(values, new Shape(1, 1, values.length));
    }
}
