package io.loadcast.forecasting;

/** Student's distribution, by the finite sums of Abramowitz and Stegun (<em>Handbook of Mathematical Functions</em>, 26.7.3 and 26.7.4). */
final class StudentT {
    private StudentT() {}

    /**
     * How likely a statistic is that is at least as large.
     *
     * @param degrees of freedom, at least 1
     */
    static double upperTail(double statistic, int degrees) {
        double angle = Math.atan(Math.abs(statistic) / Math.sqrt(degrees));
        double cos = Math.cos(angle);
        boolean isOdd = degrees % 2 == 1;
        double term = isOdd ? cos : 1;
        double sum = degrees == 1 ? 0 : term;
        for (int i = isOdd ? 3 : 2; i <= degrees - 2; i += 2) {
            term *= cos * cos * (i - 1) / i;
            sum += term;
        }
        double inside = isOdd ? 2 / Math.PI * (angle + Math.sin(angle) * sum) : Math.sin(angle) * sum;
        double outside = Math.max(0, (1 - inside) / 2);
        return statistic >= 0 ? outside : 1 - outside;
    }
}
