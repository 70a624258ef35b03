package io.loadcast.zoo.gruattention;

import java.util.List;

/**
 * How large a network of this architecture is.
 *
 * @param lags hours back whose log-load each step subtracts from its own
 * @param hourEmbedding numbers that stand for an hour of the week
 * @param filters of the convolution
 * @param kernel hours that the convolution spans
 * @param hidden state of the GRU
 * @param dense units between the GRU and the output
 * @param dropout share of the GRU's state and context that training hides from them
 */
record Size(List<Integer> lags, int hourEmbedding, int filters, int kernel, int hidden, int dense, float dropout) {
    /** Beside the last hours and the same hour of the days before: the hours that followed it, which show what comes next. */
    static final Size STANDARD = new Size(
            List.of(1, 2, 3, 4, 20, 21, 22, 23, 24, 44, 45, 46, 47, 48, 68, 69, 70, 71, 72), 8, 32, 5, 64, 128, 0.1f);

    /** Two yearly harmonics, sine and cosine each. */
    static final int HARMONICS = 4;

    Size {
        lags = List.copyOf(lags);
    }

    /** Numbers per step that go into the convolution. */
    int features() {
        return 1 + lags.size() + hourEmbedding + HARMONICS;
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
