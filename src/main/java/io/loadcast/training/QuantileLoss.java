package io.loadcast.training;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.loadcast.domain.Quantile;
import java.util.List;

/**
 * The weighted pinball loss (Koenker and Bassett 1978): the mean of {@code weight[h][q] · max(τ_q·e, (τ_q − 1)·e)}, e = target
 * − quantile, over batch, anchors, lead times h and quantiles q. The minimum of each term is the quantile τ_q.
 */
final class QuantileLoss {
    private static final float MEDIAN_WEIGHT = 2; // what is scored
    private static final float NEXT_HOUR_WEIGHT = 8; // what is scored first

    private final float[] levels;
    private final float[] weights;
    private final int horizon;

    /** @param leadScale typical absolute error per lead time: a lead that is hard by nature does not outweigh an easy one */
    QuantileLoss(List<Quantile> quantiles, float[] leadScale) {
        this.horizon = leadScale.length;
        this.levels = new float[quantiles.size()];
        this.weights = new float[horizon * levels.length];
        for (int q = 0; q < levels.length; q++) {
            levels[q] = (float) quantiles.get(q).probability();
            float importance = quantiles.get(q).equals(Quantile.P50) ? MEDIAN_WEIGHT : 1;
            for (int h = 0; h < horizon; h++) {
                weights[h * levels.length + q] = importance * (h == 0 ? NEXT_HOUR_WEIGHT : 1) / leadScale[h];
            }
        }
    }

    /**
     * The loss of one batch.
     *
     * @param targets [B, anchors, horizon]
     * @param quantiles [B, anchors, horizon, quantiles]
     * @return a scalar
     */
    NDArray of(NDArray targets, NDArray quantiles) {
        NDManager manager = targets.getManager();
        NDArray error = targets.expandDims(3).sub(quantiles);
        NDArray level = manager.create(levels, new Shape(1, 1, 1, levels.length));
        NDArray pinball = error.mul(level).maximum(error.mul(level.sub(1)));
        return pinball.mul(manager.create(weights, new Shape(1, 1, horizon, levels.length)))
                .mean();
    }
}
