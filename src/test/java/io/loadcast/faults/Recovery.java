package io.loadcast.faults;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;

/**
 * How long a reader of committed forecasts had to wait for a fault to be over.
 *
 * @param fault what was done
 * @param first from the end of the fault to the first forecast that came after it
 * @param all from the end of the fault until each region had a newer forecast than at that end
 * @param pause the longest time without any forecast, from the beginning of the fault on
 */
record Recovery(String fault, Duration first, Duration all, Duration pause) {
    /**
     * To be called when the fault ends; returns when each region has a newer forecast. The pauses must have been
     * {@linkplain CommittedForecasts#forgetPauses forgotten} when it began.
     */
    static Recovery await(String fault, CommittedForecasts committed) {
        long end = System.nanoTime();
        long count = committed.count();
        Map<String, Instant> newest = committed.newest();
        DisturbedRun.await(() -> committed.count() > count);
        long first = System.nanoTime();
        DisturbedRun.await(() -> committed.haveAllPassed(newest));
        Recovery recovery = new Recovery(
                fault,
                Duration.ofNanos(first - end),
                Duration.ofNanos(System.nanoTime() - end),
                committed.longestPause());
        System.out.println("faults: " + recovery);
        return recovery;
    }

    @Override
    public String toString() {
        return "%s: first forecast after %.1f s, of all regions after %.1f s; longest pause %.1f s"
                .formatted(fault, seconds(first), seconds(all), seconds(pause));
    }

    private static double seconds(Duration duration) {
        return duration.toMillis() / 1e3;
    }
}
