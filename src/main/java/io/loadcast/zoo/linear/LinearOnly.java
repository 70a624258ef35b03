package io.loadcast.zoo.linear;

import io.loadcast.onnxgraph.OnnxModel;
import io.loadcast.zoo.LinearForecast;
import io.loadcast.zoo.Network;
import io.loadcast.zoo.ScaledInterval;
import io.loadcast.zoo.Sizes;
import io.loadcast.zoo.Weights;
import io.loadcast.zoo.logratio.LogRatioArchitecture;
import java.util.Arrays;
import java.util.Map;

/**
 * The architecture {@code linear}: for each hour of the week w of the first hour ahead, a ridge regression (Hoerl and Kennard 1970,
 * <em>Ridge Regression: Biased Estimation for Nonorthogonal Problems</em>) of the log-ratios ahead on those of the lags, which has a
 * closed form and needs no descent. It is what the other {@linkplain LogRatioArchitecture architectures} start from, without a
 * network. With y the loads, a the last hour, and X and Y the training rows of an hour of the week:
 *
 * <pre>
 *   m_h = clip(b[w, h] + Σ_k W[w, k, h]·log(y_(a−k) / y_a))       k = 1 … 73
 *   [W; b] = (XᵀX + penalty·I)⁻¹ XᵀY                              the bias b is not penalised
 *   p50 = y_a·exp(m_h)    p10 = y_a·exp(m_h − 0.03·lo_h)    p90 = y_a·exp(m_h + 0.03·hi_h)
 * </pre>
 *
 * Calibration alone gives the interval its width: lo and hi, one per lead time.
 */
public final class LinearOnly extends LogRatioArchitecture {

    /** @param chosen nothing: it has no sizes */
    public LinearOnly(Sizes chosen) {
        super("linear", Sizes.NONE, chosen);
    }

    /** The weights of a fit, without a network to hold them; its interval is as wide as before calibration. */
    public static Weights weights(LinearForecast linear) {
        float[] scale = new float[linear.horizon() * 2];
        Arrays.fill(scale, 1);
        long lagged = (long) linear.lags() * linear.horizon();
        return new Weights(Map.of(
                "linear_weights",
                tensor(linear.weights(), LinearForecast.HOURS_OF_WEEK, lagged),
                "linear_bias",
                tensor(linear.bias(), LinearForecast.HOURS_OF_WEEK, linear.horizon()),
                ScaledInterval.INTERVAL_SCALE,
                tensor(scale, linear.horizon(), 2)));
    }

    private static Weights.Tensor tensor(float[] values, long... shape) {
        return new Weights.Tensor(values, shape);
    }

    @Override
    public Network newNetwork() {
        return new LinearNetwork(sizes());
    }

    @Override
    public OnnxModel toOnnx(Weights weights) {
        return new LinearGraph(name(), weights).build();
    }
}
