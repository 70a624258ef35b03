package io.loadcast.zoo.logratio;

import static io.loadcast.zoo.logratio.LogRatioArchitecture.LOOKBACK;

import java.util.List;

/**
 * The numbers that stand for one hour i of the window, in their order. With L the log-load and g_i = L_i − L_(i−1) its growth
 * (g_0 = 0):
 *
 * <pre>
 *   L_i                        the load itself
 *   L_i − L_(i−k)              k of {@link #LAGS}: how it differs from hours before
 *   g_i − g_(i−k)              k of {@link #DAYS}: how its growth differs from that of the same hour of the days before
 *   g_(i+1−k)                  k of {@link #DAYS}: how the next hour grew on these days
 *   embedding, harmonics, holiday    the calendar of hour i + 1
 * </pre>
 *
 * Each group is multiplied by a constant that brings it near 1: descent is slow on numbers of a hundredth. What reaches before the
 * window counts as hour i itself.
 */
public final class StepFeatures {
    /**
     * Hours back whose log-load each step subtracts from its own. Beside the last hours and the same hour of the days before: the
     * hours that followed it, which show what comes next.
     */
    static final List<Integer> LAGS = List.of(1, 2, 3, 4, 20, 21, 22, 23, 24, 44, 45, 46, 47, 48, 68, 69, 70, 71, 72);

    /** One, two and three days, in hours. */
    static final List<Integer> DAYS = List.of(24, 48, 72);

    /** The hours that the next hour lay ahead of on those days, from hour i. */
    static final List<Integer> NEXT_HOUR_OF_DAYS = DAYS.stream().map(k -> k - 1).toList();

    static final float LOAD_SCALE = 4;
    static final float DIFFERENCE_SCALE = 8;
    static final float SURPRISE_SCALE = 50;
    static final float GROWTH_SCALE = 25;

    /** Numbers that stand for an hour of the week. */
    static final int HOUR_EMBEDDING = 8;

    /** Two yearly harmonics, sine and cosine each. */
    private static final int HARMONICS = 4;

    /** How many of them are known in advance: the hour of the week, the season, and whether it is a holiday. */
    public static final int CALENDAR = HOUR_EMBEDDING + HARMONICS + 1;

    /** How many numbers there are for each hour. */
    public static final int COUNT = 1 + LAGS.size() + 2 * DAYS.size() + CALENDAR;

    private StepFeatures() {}

    /** Indices [lookback, lags] of the hours that lie these lags back; a lag that reaches before the window names the hour itself. */
    static long[] indicesBack(List<Integer> lags) {
        long[] indices = new long[LOOKBACK * lags.size()];
        for (int hour = 0; hour < LOOKBACK; hour++) {
            for (int k = 0; k < lags.size(); k++) {
                int lagged = hour - lags.get(k);
                indices[hour * lags.size() + k] = lagged < 0 ? hour : lagged;
            }
        }
        return indices;
    }
}
