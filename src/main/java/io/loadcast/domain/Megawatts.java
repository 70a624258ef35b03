package io.loadcast.domain;

/** The precision in which loads are published: 0.1 MW, or five significant digits where that is finer, down to 100 W. */
public final class Megawatts {
    private static final double COARSEST = 10;
    private static final double FINEST = 10_000;

    private Megawatts() {}

    /** Rounds half up to the published precision; idempotent. */
    public static double published(double mw) {
        if (!Double.isFinite(mw)) {
            return mw;
        }
        double scale = scale(Math.abs(mw));
        return Math.round(mw * scale) / scale;
    }

    /** Ten to the number of decimals: 4 below 10 MW, so many fewer for each further digit, at least 1. */
    private static double scale(double mw) {
        double scale = FINEST;
        for (double bound = 10; mw >= bound && scale > COARSEST; bound *= 10) {
            scale /= 10;
        }
        return scale;
    }

    /** The shortest decimal that a stored 32-bit load stands for: 812.3f gives 812.3, not 812.2999877929688. */
    public static double ofStored(float mw) {
        for (double scale = 1; scale <= FINEST; scale *= 10) {
            double decimal = Math.round(mw * scale) / scale;
            if ((float) decimal == mw) {
                return decimal;
            }
        }
        return Double.parseDouble(Float.toString(mw));
    }
}
