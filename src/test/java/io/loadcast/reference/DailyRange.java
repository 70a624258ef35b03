package io.loadcast.reference;

import io.loadcast.domain.Megawatts;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * The test model that repeats the last day: for each hour ahead, p50 is the load of that hour of the day before, p10 and p90 the least and
 * the most of that hour and of hours one, two and nearly three days before it, so that every hour of the lookback shows in it. Every step is exact in float32.
 */
public final class DailyRange {
    public static final int LOOKBACK = 90;
    public static final int HORIZON = 24;

    /** For each of these, the hours of the lookback that the 24 hours ahead are told by begin there. */
    private static final int[] FIRST_HOURS = {0, 24, 48, 66};

    private DailyRange() {}

    /** The quantiles of the 24 hours ahead, MW at the published precision. */
    public record Quantiles(List<Double> p10Mw, List<Double> p50Mw, List<Double> p90Mw) {}

    static Quantiles of(List<Float> windowMw) {
        return new Quantiles(
                each(windowMw, loads -> loads.stream().min(Float::compare).orElseThrow()),
                each(windowMw, loads -> loads.get(FIRST_HOURS.length - 1)),
                each(windowMw, loads -> loads.stream().max(Float::compare).orElseThrow()));
    }

    private static List<Double> each(List<Float> windowMw, ToDoubleFunction<List<Float>> quantile) {
        List<Double> mw = new ArrayList<>();
        for (int ahead = 0; ahead < HORIZON; ahead++) {
            List<Float> loads = new ArrayList<>();
            for (int first : FIRST_HOURS) {
                loads.add(windowMw.get(first + ahead));
            }
            mw.add(Megawatts.published(quantile.applyAsDouble(loads)));
        }
        return mw;
    }
}
