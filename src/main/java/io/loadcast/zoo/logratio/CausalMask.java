package io.loadcast.zoo.logratio;

import static io.loadcast.zoo.logratio.LogRatioArchitecture.LOOKBACK;

import java.util.function.IntUnaryOperator;

/** What attention adds to its scores so that nothing sees an hour after its own. */
public final class CausalMask {
    private static final float MASKED = -1e9f;

    private CausalMask() {}

    /**
     * A mask over the lookback.
     *
     * @param lastSeen the last hour that a row may look at, by row, both from 0
     * @return [rows, lookback], row-major: 0 at the hours up to that one, a large negative number at those after it
     */
    public static float[] of(int rows, IntUnaryOperator lastSeen) {
        float[] mask = new float[rows * LOOKBACK];
        for (int row = 0; row < rows; row++) {
            for (int hour = lastSeen.applyAsInt(row) + 1; hour < LOOKBACK; hour++) {
                mask[row * LOOKBACK + hour] = MASKED;
            }
        }
        return mask;
    }
}
