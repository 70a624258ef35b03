package io.loadcast.zoo.logratio;

import io.loadcast.domain.CalendarFeature;
import io.loadcast.domain.Quantile;
import io.loadcast.zoo.Architecture;
import io.loadcast.zoo.Sizes;
import java.util.List;

/**
 * A linear forecast of log-ratios per hour of the week, plus a network that corrects it and sets the width of its interval. With
 * y the loads, kept off zero, and a the anchor, which is the last hour that a forecast sees:
 *
 * <pre>
 *   L = log(y / level)                              level: mean of the window's first 74 hours
 *   x_i = [L_i, differences…, calendar of i+1]      {@link StepFeatures}
 *   z_a = network(x_0 … x_a, calendar to a+24)      what the architectures differ in
 *   [n, u, v]_h = Dense(ReLU(Dense([z_a, holidays a+1 … a+24])))
 *   m_h = clip(linear_h + 0.02·√h·n_h)              linear: {@link io.loadcast.zoo.LinearForecast}
 *   p50 = y_a·exp(m_h)    p10 = y_a·exp(m_h − lo_h·softplus(u_h))    p90 = y_a·exp(m_h + hi_h·softplus(v_h))    widths at most 3
 * </pre>
 *
 * In an architecture that knows regions, {@link io.loadcast.zoo.CalibratedMedian} moves the sum before it is clipped. The
 * correction's scale grows as its errors do, about with √h, so that n is near 1 at every lead time. The factors lo and hi are
 * 1 until calibration sets them ({@link io.loadcast.zoo.ScaledInterval}). Multiplying the load by a constant multiplies the
 * forecast by it, and the quantiles cannot cross. The two halves are {@link LogRatioNetwork} and {@link LogRatioGraph}.
 */
public abstract class LogRatioArchitecture implements Architecture {
    /** Hours of a window, all of which a network sees. */
    public static final int LOOKBACK = 90;

    /** The first hour of a window, from 0, that a network forecasts from. */
    public static final int FIRST_ANCHOR = 73;

    /** Hours of a window that a network forecasts from. */
    public static final int ANCHORS = LOOKBACK - FIRST_ANCHOR;

    /** Hours that a network forecasts. */
    public static final int HORIZON = 24;

    static final List<Quantile> QUANTILES = List.of(Quantile.P10, Quantile.P50, Quantile.P90);
    static final List<CalendarFeature> CALENDAR = List.of(
            CalendarFeature.HOUR_OF_DAY,
            CalendarFeature.DAY_OF_WEEK,
            CalendarFeature.DAY_OF_YEAR,
            CalendarFeature.HOLIDAY);
    static final double YEAR_DAYS = 365.25;
    /** Loads below this share of the window's mean count as this share: a zero has no logarithm. */
    static final float FLOOR_SHARE = 0.01f;
    /** MW; keeps a window of zeros finite. */
    static final float FLOOR_MW = 1e-6f;
    /** The median log-ratio, and how far the quantiles lie from it, stay within ± this, a factor of 20: nonsense in, finite out. */
    static final float MAX_LOG_RATIO = 3f;
    /** softplus(−3.5) = 0.03: an interval of ± 3 % to begin with, and for good where no network sets another. */
    static final float WIDTH_START = -3.5f;

    private static final double CORRECTION_SCALE = 0.02;
    /** The usual share of z that training hides. */
    public static final double DROPOUT = 0.1;

    private final String name;
    private final Sizes sizes;

    /**
     * @param standard its usual sizes
     * @param chosen what is to be in their place
     */
    protected LogRatioArchitecture(String name, Sizes standard, Sizes chosen) {
        this.name = name;
        this.sizes = standard.with(chosen, name);
    }

    @Override
    public final String name() {
        return name;
    }

    @Override
    public final Sizes sizes() {
        return sizes;
    }

    /** What the network's n is multiplied with at each lead time. */
    static float[] correctionScale() {
        float[] scale = new float[HORIZON];
        for (int h = 0; h < HORIZON; h++) {
            scale[h] = (float) (CORRECTION_SCALE * Math.sqrt(h + 1));
        }
        return scale;
    }

    /** Numbers in a state. */
    protected final int hidden() {
        return sizes.hidden().orElseThrow();
    }

    /** Layers on one another. */
    protected final int layers() {
        return sizes.layers().orElseThrow();
    }

    @Override
    public final int lookbackHours() {
        return LOOKBACK;
    }

    @Override
    public final int horizonHours() {
        return HORIZON;
    }

    @Override
    public final List<Quantile> quantiles() {
        return QUANTILES;
    }

    @Override
    public final List<CalendarFeature> calendarFeatures() {
        return CALENDAR;
    }
}
