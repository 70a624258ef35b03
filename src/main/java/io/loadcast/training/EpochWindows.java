package io.loadcast.training;

import io.loadcast.dataset.HourWindow;
import io.loadcast.dataset.RegionSplits;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/**
 * The training windows of each epoch in random order. Neighbours lie as far apart as a window has anchors, from a random start, so
 * that an epoch forecasts from each hour once. All randomness of an epoch follows from the run's seed and the epoch's number.
 *
 * @param hours of a window
 */
record EpochWindows(RegionSplits data, int hours, int anchors, long seed) {
    private static final long PRIME = 1_000_003;

    List<HourWindow> of(int epoch) {
        Random random = new Random(seedOf(epoch));
        List<HourWindow> windows = new ArrayList<>(data.training(hours, anchors, () -> random.nextInt(anchors)));
        Collections.shuffle(windows, random);
        return windows;
    }

    /** The seed of what drops out in one step. */
    int seedOf(int epoch, int step) {
        return Long.hashCode(seedOf(epoch) * PRIME + step);
    }

    private long seedOf(int epoch) {
        return seed * PRIME + epoch;
    }
}
