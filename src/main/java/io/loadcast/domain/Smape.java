package io.loadcast.domain;

/**
 * The symmetric mean absolute percentage error, {@code 200 · mean(|a − f| / (|a| + |f|))} percent, from 0 to 200 (Makridakis,
 * "Accuracy measures: theoretical and practical concerns", 1993). A term with a = f = 0 counts 0.
 */
public final class Smape {
    private Smape() {}

    /** The term of one pair, in percent: what the mean is taken of. */
    public static double termPct(double actual, double forecast) {
        double scale = Math.abs(actual) + Math.abs(forecast);
        return scale == 0 ? 0 : 200 * Math.abs(actual - forecast) / scale;
    }

    /**
     * The figure that the article which started this project prints, |o − t| / (t + o) / 2 in percent: a quarter of the
     * definition.
     */
    public static double article(double smapePct) {
        return smapePct / 4;
    }
}
