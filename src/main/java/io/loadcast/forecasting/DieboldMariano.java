package io.loadcast.forecasting;

/**
 * The test whether one forecast errs more than another: Diebold and Mariano, <em>Comparing Predictive Accuracy</em> (Journal of Business
 * &amp; Economic Statistics 13, 1995). Errors of forecasts that look further ahead than to the next hour depend on each other: the
 * variance of their mean is that of Newey and West (Econometrica 55, 1987), with as many lags as hours overlap; the statistic has the
 * correction of Harvey, Leybourne and Newbold (International Journal of Forecasting 13, 1997) for short series, and Student's
 * distribution.
 *
 * @param hours compared
 * @param mean of the differences
 * @param statistic positive where the first errs more; infinite if the differences do not vary
 * @param pValue how likely a statistic at least as large is if both err alike
 */
record DieboldMariano(int hours, double mean, double statistic, double pValue) {

    /**
     * Tests whether the first forecast errs more than the second.
     *
     * @param differences of the losses, first − second, hour by hour; NaN where there is none
     * @param leadHours how far ahead the forecasts look
     */
    static DieboldMariano of(double[] differences, int leadHours) {
        int hours = 0;
        double sum = 0;
        for (double difference : differences) {
            if (!Double.isNaN(difference)) {
                hours++;
                sum += difference;
            }
        }
        double mean = hours == 0 ? 0 : sum / hours;
        double corrected = hours + 1 - 2.0 * leadHours + (double) leadHours * (leadHours - 1) / Math.max(1, hours);
        if (hours < 2 || corrected <= 0 || mean == 0) {
            return new DieboldMariano(hours, mean, 0, 0.5);
        }
        double variance = variance(differences, mean, leadHours) / hours;
        double statistic = mean / Math.sqrt(variance) * Math.sqrt(corrected / hours);
        return new DieboldMariano(hours, mean, statistic, StudentT.upperTail(statistic, hours - 1));
    }

    /** The long-run variance, with Bartlett's weights: never negative. A missing hour adds nothing to any sum. */
    private static double variance(double[] differences, double mean, int lags) {
        double variance = covariance(differences, mean, 0);
        for (int lag = 1; lag < lags; lag++) {
            variance += 2 * (1 - (double) lag / lags) * covariance(differences, mean, lag);
        }
        return Math.max(0, variance);
    }

    private static double covariance(double[] differences, double mean, int lag) {
        double sum = 0;
        int hours = 0;
        for (int i = 0; i < differences.length; i++) {
            if (!Double.isNaN(differences[i])) {
                hours++;
                if (i >= lag && !Double.isNaN(differences[i - lag])) {
                    sum += (differences[i] - mean) * (differences[i - lag] - mean);
                }
            }
        }
        return sum / hours;
    }
}
