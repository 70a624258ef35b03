package io.loadcast.inference;

import java.time.Duration;

/**
 * How long to wait before the next of several tries: twice as long each time.
 *
 * @param first before the first
 * @param longest what no wait is longer than
 */
public record Backoff(Duration first, Duration longest) {
    /** From a second to a minute. */
    public static final Backoff DEFAULT = new Backoff(Duration.ofSeconds(1), Duration.ofMinutes(1));

    private static final int MOST_DOUBLINGS = 30;

    /** @throws IllegalArgumentException if the first wait is not positive or longer than the longest */
    public Backoff {
        if (first.isNegative() || first.isZero() || first.compareTo(longest) > 0) {
            throw new IllegalArgumentException("a backoff from " + first + " to " + longest + " is none");
        }
    }

    /** The wait after so many tries that failed. */
    Duration after(int failures) {
        Duration wait = first.multipliedBy(1L << Math.min(failures, MOST_DOUBLINGS));
        return wait.compareTo(longest) < 0 ? wait : longest;
    }
}
