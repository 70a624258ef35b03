package io.loadcast.domain;

/** The precision in which loads are published: 0.1 MW, or five significant digits where that is finer, down to 100 W. */
public final class Megawatts {
    private static final int SIGNIFICANT_DIGITS = 5;
    private static final int COARSEST_DECIMALS = 1;
    private static final int FINEST_DECIMALS = 4;

    private Megawatts() {}

    /** Rounds half up to the published precision; idempotent. */
    public static double published(double mw) {
        if (mw == 0 || !Double.isFinite(mw)) {
            return mw;
        }
        int integerDigits = (int) Math.floor(Math.log10(Math.abs(mw))) + 1;
        int decimals = Math.min(FINEST_DECIMALS, Math.max(COARSEST_DECIMALS, SIGNIFICANT_DIGITS - integerDigits));
        double scale = Math.pow(10, decimals);
        return Math.round(mw * scale) / scale;
    }

    /** The shortest decimal that a stored 32-bit load stands for: 812.3f gives 812.3, not 812.2999877929688. */
    public static double ofStored(float mw) {
        return Double.parseDouble(Float.toString(mw));
    }
}
