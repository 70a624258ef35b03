package io.loadcast.training.evaluation;

/** Running means of a quantity, one per lead time; NaN where there is none yet. */
final class LeadMeans {
    private final double[] sums;
    private final long[] counts;

    LeadMeans(int horizon) {
        sums = new double[horizon];
        counts = new long[horizon];
    }

    void add(int lead, double value) {
        sums[lead - 1] += value;
        counts[lead - 1]++;
    }

    double[] means() {
        double[] means = new double[sums.length];
        for (int i = 0; i < means.length; i++) {
            means[i] = sums[i] / counts[i];
        }
        return means;
    }
}
