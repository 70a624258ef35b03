package io.loadcast.bench;

import java.util.Arrays;

/** Times that things took, in nanoseconds; at least one. Immutable. */
final class Latencies {
    private final long[] sortedNanos;

    /** @throws IllegalArgumentException if there is none */
    Latencies(long[] nanos) {
        if (nanos.length == 0) {
            throw new IllegalArgumentException("no latency was measured");
        }
        this.sortedNanos = nanos.clone();
        Arrays.sort(sortedNanos);
    }

    /**
     * A percentile by nearest rank, in milliseconds: the smallest time that at least so many percent do not exceed.
     *
     * @param percent above 0, up to 100
     * @throws IllegalArgumentException if it is not
     */
    double percentileMillis(double percent) {
        if (!(percent > 0 && percent <= 100)) {
            throw new IllegalArgumentException("percentile " + percent + " is not above 0 and at most 100");
        }
        int rank = (int) Math.ceil(percent / 100 * sortedNanos.length);
        return sortedNanos[rank - 1] / 1e6;
    }

    double maxMillis() {
        return percentileMillis(100);
    }

    int count() {
        return sortedNanos.length;
    }
}
