package io.loadcast.zoo.logratio;

import static io.loadcast.zoo.logratio.LogRatioArchitecture.LOOKBACK;

import java.util.List;

/** The numbers that stand for one hour of the window, in their order: log-load, its differences, hour of the week, season. */
public final class StepFeatures {
    /**
     * Hours back whose log-load each step subtracts from its own. Beside the last hours and the same hour of the days before: the
     * hours that followed it, which show what comes next.
     */
    static final List<Integer> LAGS = List.of(1, 2, 3, 4, 20, 21, 22, 23, 24, 44, 45, 46, 47, 48, 68, 69, 70, 71, 72);

    /** Numbers that stand for an hour of the week. */
    static final int HOUR_EMBEDDING = 8;

    /** Two yearly harmonics, sine and cosine each. */
    private static final int HARMONICS = 4;

    /** How many of them are known in advance: the hour of the week and the season. */
    public static final int CALENDAR = HOUR_EMBEDDING + HARMONICS;

    /** How many numbers there are for each hour. */
    public static final int COUNT = 1 + LAGS.size() + CALENDAR;

    private StepFeatures() {}

    /** Indices [lookback, lags] of the hours that the lags name; a lag that reaches before the window names the hour itself. */
    static long[] lagIndices() {
        long[] indices = new long[LOOKBACK * LAGS.size()];
        for (int hour = 0; hour < LOOKBACK; hour++) {
            for (int k = 0; k < LAGS.size(); k++) {
                int lagged = hour - LAGS.get(k);
                indices[hour * LAGS.size() + k] = lagged < 0 ? hour : lagged;
            }
        }
        return indices;
    }
}
