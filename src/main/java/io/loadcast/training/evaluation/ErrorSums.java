package io.loadcast.training.evaluation;

import io.loadcast.domain.Smape;

/** Running sMAPE of one forecaster in one region, by lead time. */
final class ErrorSums {
    private final double[] termSums;
    private final long[] counts;

    ErrorSums(int horizon) {
        termSums = new double[horizon];
        counts = new long[horizon];
    }

    void add(int lead, double actualMw, double forecastMw) {
        termSums[lead - 1] += Smape.termPct(actualMw, forecastMw);
        counts[lead - 1]++;
    }

    double[] smapePct() {
        double[] means = new double[termSums.length];
        for (int i = 0; i < means.length; i++) {
            means[i] = termSums[i] / counts[i];
        }
        return means;
    }
}
