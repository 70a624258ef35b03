package io.loadcast.zoo.article;

import io.loadcast.domain.CalendarFeature;
import io.loadcast.domain.Quantile;
import io.loadcast.onnxgraph.OnnxModel;
import io.loadcast.zoo.Architecture;
import io.loadcast.zoo.Network;
import io.loadcast.zoo.Sizes;
import io.loadcast.zoo.Weights;
import io.loadcast.zoo.logratio.RecurrentCell;
import java.util.List;

/**
 * The network of the article that this project started from, which forecasts the next hour. With y the loads, c the four calendar
 * features of an hour, min and width the {@link io.loadcast.domain.RegionScale} of the window's region, and a the last hour:
 *
 * <pre>
 *   x_i = ([y_i, c_i] − min) / width                         i = a − 89 … a
 *   s = recurrent layers(x), from a state of zero            {@link RecurrentCell}, with dropout between the layers
 *   m = W·ReLU(s_a) + b                                      the scaled load of hour a + 1
 *   p50 = min + width·m    p10 = min + width·(m − 0.05·lo)    p90 = min + width·(m + 0.05·hi)    none below 0 MW
 * </pre>
 *
 * Weights start uniform in ± 1 / √hidden, as PyTorch has it. The factors lo and hi are 1 until calibration sets them
 * ({@link io.loadcast.zoo.ScaledInterval}); nothing else sets the interval's width. The quantiles cannot cross, but as the scale is
 * the region's and not the window's, a model knows only regions that it was trained on.
 */
public abstract class ArticleArchitecture implements Architecture {
    static final int LOOKBACK = 90;
    static final int HORIZON = 1;
    static final List<Quantile> QUANTILES = List.of(Quantile.P10, Quantile.P50, Quantile.P90);
    static final List<CalendarFeature> CALENDAR = List.of(
            CalendarFeature.HOUR_OF_DAY,
            CalendarFeature.DAY_OF_WEEK,
            CalendarFeature.MONTH,
            CalendarFeature.DAY_OF_YEAR);
    /** What the network sees of an hour: its load and its calendar. */
    static final int INPUTS = 1 + CALENDAR.size();
    /** How far an uncalibrated quantile lies from the median, as a share of the region's range. */
    static final float DISTANCE = 0.05f;

    private static final Sizes USUAL = Sizes.of(256, 2, 0.2);

    private final RecurrentCell cell;
    private final Sizes sizes;

    /** @param chosen size of a state, layers, and dropout between them */
    protected ArticleArchitecture(RecurrentCell cell, Sizes chosen) {
        this.cell = cell;
        this.sizes = USUAL.with(chosen, nameWith(cell));
    }

    private static String nameWith(RecurrentCell cell) {
        return "article-" + cell.key();
    }

    @Override
    public final String name() {
        return nameWith(cell);
    }

    @Override
    public final Sizes sizes() {
        return sizes;
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

    @Override
    public final boolean scaledByRegion() {
        return true;
    }

    @Override
    public final Network newNetwork() {
        return new ArticleNetwork(cell, sizes);
    }

    @Override
    public final OnnxModel toOnnx(Weights weights) {
        return new ArticleGraph(name(), cell, weights).build();
    }
}
