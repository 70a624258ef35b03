package io.loadcast.training.evaluation;

import io.loadcast.dataset.ChronologicalSplit;
import io.loadcast.dataset.HourlySeries;
import io.loadcast.dataset.RegionSplits;
import io.loadcast.domain.EpochHour;
import io.loadcast.training.RidgeFit;
import io.loadcast.zoo.LinearForecast;
import io.loadcast.zoo.logratio.LogRatioArchitecture;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.List;

/**
 * Ridge regression per hour of the week, fitted to the very regions that are scored: what a network must add to. With y the
 * lookback, kept above 1 % of its mean, a its last hour and w the hour of the week of hour a + 1:
 *
 * <pre>
 *   m_h = bias[w, h] + Σ_k weights[w, k, h] · log(y_(a−k) / y_a)      k = 1 … lags
 *   forecast_h = y_a · exp(m_h)                                       m_h kept within ± 3
 * </pre>
 *
 * This is the linear part of a {@link LogRatioArchitecture} by itself, fitted as training starts it.
 */
record LinearBaseline(LinearForecast linear) implements BaselineForecast {
    static final String NAME = "linear";

    /** As training has it, unless it is told otherwise. */
    private static final double RIDGE_PENALTY = 0.1;

    private static final double VALIDATION_SHARE = 0.05;

    private static final int LAGS = LogRatioArchitecture.FIRST_ANCHOR;
    private static final int FIT_HOURS = LAGS + 1 + ProtocolEvaluation.HORIZON;

    /** Below this, an hour of the week has fewer rows than coefficients, and what comes out is mostly the penalty's work. */
    private static final int LEAST_ROWS = LinearForecast.HOURS_OF_WEEK * (LAGS + 1);

    private static final double FLOOR_SHARE = 0.01;
    private static final double FLOOR_MW = 1e-6;
    private static final double MAX_LOG_RATIO = 3;

    /**
     * Fits it to the hours that train a model on these regions; see {@link RegionSplits}.
     *
     * @throws IllegalArgumentException if there are too few, or a test begins before they end
     */
    static LinearBaseline fit(List<RegionTest> tests) {
        tests.forEach(LinearBaseline::requireTrainingBefore);
        RegionSplits data =
                new RegionSplits(tests.stream().map(RegionTest::series).toList(), VALIDATION_SHARE);
        int rows = data.training(FIT_HOURS, 1, () -> 0).size();
        if (rows < LEAST_ROWS) {
            throw new IllegalArgumentException("too little data: " + rows + " windows of " + FIT_HOURS
                    + " hours without a gap to fit to; it takes " + LEAST_ROWS);
        }
        return new LinearBaseline(RidgeFit.fit(data, LAGS, ProtocolEvaluation.HORIZON, RIDGE_PENALTY));
    }

    /** Training follows the article's split, which with long gaps in a region ends later than another protocol's. */
    private static void requireTrainingBefore(RegionTest test) {
        HourlySeries series = test.series();
        int validationFrom = ChronologicalSplit.of(series, VALIDATION_SHARE).validationFrom();
        if (series.epochHour(validationFrom) > test.firstTestHour()) {
            throw new IllegalArgumentException(
                    "region " + series.region() + " has so long gaps that its test begins among the hours to fit to");
        }
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public float[] forecastMw(TestWindow window, ZoneId zone) {
        double[] loadMw = offZero(window.lookbackMw());
        double last = loadMw[loadMw.length - 1];
        int horizon = linear.horizon();
        int hourOfWeek = hourOfWeek(window.issueHour() + 1, zone);
        double[] logRatio = new double[horizon];
        for (int h = 0; h < horizon; h++) {
            logRatio[h] = linear.bias()[hourOfWeek * horizon + h];
        }
        for (int k = 1; k <= linear.lags(); k++) {
            double lagged = Math.log(loadMw[loadMw.length - 1 - k] / last);
            int row = (hourOfWeek * linear.lags() + k - 1) * horizon;
            for (int h = 0; h < horizon; h++) {
                logRatio[h] += linear.weights()[row + h] * lagged;
            }
        }
        float[] forecastMw = new float[horizon];
        for (int h = 0; h < horizon; h++) {
            double kept = Math.max(-MAX_LOG_RATIO, Math.min(MAX_LOG_RATIO, logRatio[h]));
            forecastMw[h] = (float) (last * Math.exp(kept));
        }
        return forecastMw;
    }

    /** A zero has no logarithm. */
    private static double[] offZero(float[] lookbackMw) {
        double sum = 0;
        for (float mw : lookbackMw) {
            sum += mw;
        }
        double floorMw = FLOOR_SHARE * sum / lookbackMw.length + FLOOR_MW;
        double[] loadMw = new double[lookbackMw.length];
        for (int i = 0; i < loadMw.length; i++) {
            loadMw[i] = Math.max(lookbackMw[i], floorMw);
        }
        return loadMw;
    }

    private static int hourOfWeek(long hour, ZoneId zone) {
        ZonedDateTime local = EpochHour.start(hour).atZone(zone);
        return 24 * (local.getDayOfWeek().getValue() - 1) + local.getHour();
    }
}
