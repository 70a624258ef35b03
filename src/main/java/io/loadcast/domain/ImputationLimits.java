package io.loadcast.domain;

/**
 * How much of a lookback may be imputed: more says too little of the load to be called read.
 *
 * @param maxRunHours missing hours in a row, at most; 0 or more
 * @param maxShare missing hours of all, at most, from 0 to 1
 */
public record ImputationLimits(int maxRunHours, double maxShare) {
    /** What serving and evaluation allow unless they are told otherwise: six hours in a row, a tenth of all. */
    public static final ImputationLimits DEFAULT = new ImputationLimits(6, 0.1);

    /** A tenth of 90 is 9, whatever binary fractions make of it. */
    private static final double ROUNDING = 1e-9;

    /** @throws IllegalArgumentException if a limit is out of its range */
    public ImputationLimits {
        if (maxRunHours < 0) {
            throw new IllegalArgumentException("max-run-hours is " + maxRunHours + "; at least 0");
        }
        if (!(maxShare >= 0 && maxShare <= 1)) {
            throw new IllegalArgumentException("max-share is " + maxShare + "; write a share from 0 to 1, such as 0.1");
        }
    }

    /** How many hours of a lookback may be imputed. */
    public int maxHours(int lookbackHours) {
        return (int) Math.floor(maxShare * lookbackHours + ROUNDING);
    }
}
