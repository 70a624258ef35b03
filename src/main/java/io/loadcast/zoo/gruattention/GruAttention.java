package io.loadcast.zoo.gruattention;

import io.loadcast.domain.CalendarFeature;
import io.loadcast.domain.Quantile;
import io.loadcast.onnxgraph.OnnxModel;
import io.loadcast.zoo.Architecture;
import io.loadcast.zoo.Network;
import io.loadcast.zoo.Weights;
import java.util.List;

/**
 * The architecture {@code gru-attention}: a linear forecast of log-ratios per hour of the week, plus a small recurrent network
 * with attention that corrects it and sets the width of its interval. With y the loads, kept off zero, and a the last hour:
 *
 * <pre>
 *   L = log(y / level)                              level: mean of the window's first 74 hours
 *   x_i = [L_i, L_i − L_(i−lag)…, calendar of i+1]  hour-of-week embedding, two yearly harmonics
 *   s = GRU(ReLU(causal Conv1d(x)))                 Cho et al. 2014
 *   c = softmax(s_a·W · sᵀ / √hidden) · s           Vaswani et al. 2017, one head, hours ≤ a
 *   [n, u, v]_h = Dense(ReLU(Dense([s_a, c])))
 *   m_h = clip(linear_h + n_h)                      linear: {@link io.loadcast.zoo.LinearForecast}
 *   p50 = y_a·exp(m_h)    p10 = y_a·exp(m_h − softplus(u_h))    p90 = y_a·exp(m_h + softplus(v_h))
 * </pre>
 *
 * Multiplying the load by a constant multiplies the forecast by it, and the quantiles cannot cross.
 */
public final class GruAttention implements Architecture {
    static final int LOOKBACK = 90;
    static final int HORIZON = 24;
    static final int FIRST_ANCHOR = 73;
    static final int ANCHORS = LOOKBACK - FIRST_ANCHOR;
    static final List<Quantile> QUANTILES = List.of(Quantile.P10, Quantile.P50, Quantile.P90);
    static final List<CalendarFeature> CALENDAR =
            List.of(CalendarFeature.HOUR_OF_DAY, CalendarFeature.DAY_OF_WEEK, CalendarFeature.DAY_OF_YEAR);
    static final double YEAR_DAYS = 365.25;
    /** Loads below this share of the window's mean count as this share: a zero has no logarithm. */
    static final float FLOOR_SHARE = 0.01f;
    /** MW; keeps a window of zeros finite. */
    static final float FLOOR_MW = 1e-6f;
    /** The median log-ratio stays within ± this, a factor of 20: nonsense in, finite nonsense out. */
    static final float MAX_LOG_RATIO = 3f;

    private final Size size;

    private GruAttention(Size size) {
        this.size = size;
    }

    /** The one that the zoo lists and the shipped model uses. */
    public static GruAttention standard() {
        return new GruAttention(Size.STANDARD);
    }

    /** One of another size, for trials and tests. */
    static GruAttention ofSize(Size size) {
        return new GruAttention(size);
    }

    @Override
    public String name() {
        return "gru-attention";
    }

    @Override
    public int lookbackHours() {
        return LOOKBACK;
    }

    @Override
    public int horizonHours() {
        return HORIZON;
    }

    @Override
    public List<Quantile> quantiles() {
        return QUANTILES;
    }

    @Override
    public List<CalendarFeature> calendarFeatures() {
        return CALENDAR;
    }

    @Override
    public Network newNetwork() {
        return new GruAttentionNetwork(size);
    }

    @Override
    public OnnxModel toOnnx(Weights weights) {
        return new GruAttentionGraph(size, weights).build();
    }
}
