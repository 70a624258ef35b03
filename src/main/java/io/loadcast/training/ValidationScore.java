package io.loadcast.training;

/**
 * How a network does on the validation windows.
 *
 * @param loss what descent makes small, as weighted there
 * @param maePct mean absolute error of the median per lead time in loss space, times 100; of log-ratios very nearly sMAPE in percent
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
}
