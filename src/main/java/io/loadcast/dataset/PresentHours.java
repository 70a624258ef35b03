package io.loadcast.dataset;

import java.util.Arrays;

/**
 * The hours of a series that have a load, in time order: neighbours may be more than one hour apart. Immutable.
 */
public final class PresentHours {
    private final long[] epochHours;
    private final float[] loadMw;

    PresentHours(long[] epochHours, float[] loadMw) {
        this.epochHours = epochHours;
        this.loadMw = loadMw;
    }

    public int size() {
        return loadMw.length;
    }

    /** Valid time of the {@code i}-th present hour. */
    public long epochHour(int i) {
        return epochHours[i];
    }

    /** Load of the {@code i}-th present hour in MW. */
    public float loadMw(int i) {
        return loadMw[i];
    }

    /** A copy of the loads from one present hour (inclusive) to another (exclusive), in MW. */
    public float[] loadMw(int from, int to) {
        return Arrays.copyOfRange(loadMw, from, to);
    }

    /** A copy of all valid times, ascending. */
    public long[] epochHours() {
        return epochHours.clone();
    }

    /** A copy of all loads in MW; none is NaN. */
    public float[] loadMw() {
        return loadMw.clone();
    }
}
