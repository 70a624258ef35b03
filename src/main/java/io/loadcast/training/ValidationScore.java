package io.loadcast.training;

import java.util.Locale;

/**
 * How a network does on the validation windows.
 *
 * @param loss what descent makes small, as weighted there
 * @param maePct mean absolute error of the median per lead time in loss space, times 100; of log-ratios very nearly sMAPE in percent, of
 *     scaled loads a percentage of the region's range
 */
@SuppressWarnings("ArrayRecordComponent") // written once, read by index
public record ValidationScore(double loss, float[] maePct) {

    /**
     * The error at one lead time.
     *
     * @param leadHours 1 … horizon
     */
    public float maePct(int leadHours) {
        return maePct[leadHours - 1];
    }

    /** For people: the loss, and the error of the next hour and of the last. */
    String told() {
        String next = String.format(Locale.ROOT, "validation loss %.4f, error %.3f %% at 1 h", loss, maePct(1));
        return maePct.length == 1
                ? next
                : next + String.format(Locale.ROOT, ", %.3f %% at %d h", maePct(maePct.length), maePct.length);
    }
}
