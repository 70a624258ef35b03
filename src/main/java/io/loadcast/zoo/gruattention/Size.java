package io.loadcast.zoo.gruattention;

import java.util.List;

/**
 * How large a network of this architecture is.
 *
 * @param lags hours back whose log-load each step subtracts from its own
 * @param hourEmbedding numbers that stand for an hour of the week
 * @param dayEmbedding numbers that stand for a day of the year
 * @param filters of the convolution
 * @param kernel hours that the convolution spans
 * @param hidden state of the GRU
 * @param dense units between the GRU and the output
 */
record Size(List<Integer> lags, int hourEmbedding, int dayEmbedding, int filters, int kernel, int hidden, int dense) {
    /** Beside the last hour and the same hours of the days before: their neighbours ahead, which show what comes next. */
    static final Size STANDARD = new Size(List.of(1, 22, 23, 24, 46, 47, 48, 71, 72), 8, 4, 32, 5, 64, 128);

    /** Two yearly harmonics, sine and cosine each. */
    static final int HARMONICS = 4;

    Size {
        lags = List.copyOf(lags);
    }

    /** Numbers per step that go into the convolution. */
    int features() {
        return 1 + lags.size() + hourEmbedding + dayEmbedding + HARMONICS;
    }

    /** Indices [lookback, lags] of the hours that the lags name; a lag that reaches before the window names the hour itself. */
    long[] lagIndices() {
        long[] indices = new long[GruAttention.LOOKBACK * lags.size()];
        for (int hour = 0; hour < GruAttention.LOOKBACK; hour++) {
            for (int k = 0; k < lags.size(); k++) {
                int lagged = hour - lags.get(k);
                indices[hour * lags.size() + k] = lagged < 0 ? hour : lagged;
            }
        }
        return indices;
    }
}
