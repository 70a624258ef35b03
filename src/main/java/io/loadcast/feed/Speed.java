package io.loadcast.feed;

import java.time.Duration;

/**
 * How fast a feed replays: simulated hours per second of wall clock.
 *
 * @param hoursPerSecond positive; infinite means as fast as the broker takes it
 */
public record Speed(double hoursPerSecond) {
    public static final Speed MAX = new Speed(Double.POSITIVE_INFINITY);

    private static final String MAX_TEXT = "max";

    /** @throws IllegalArgumentException if not positive */
    public Speed {
        if (!(hoursPerSecond > 0)) {
            throw new IllegalArgumentException("speed " + hoursPerSecond + " is not positive; " + remedy());
        }
    }

    /**
     * Reads {@code max} or a positive number of simulated hours per second.
     *
     * @throws IllegalArgumentException if the text is neither
     */
    public static Speed parse(String text) {
        if (text.equalsIgnoreCase(MAX_TEXT)) {
            return MAX;
        }
        try {
            return new Speed(Double.parseDouble(text));
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("speed '" + text + "' is not a number; " + remedy(), e);
        }
    }

    /** When, after the start, an hour is due that has so many before it. */
    public Duration dueAfter(long simulatedHours) {
        return Duration.ofNanos((long) (simulatedHours / hoursPerSecond * 1e9));
    }

    @Override
    public String toString() {
        return Double.isInfinite(hoursPerSecond) ? MAX_TEXT : hoursPerSecond + " h/s";
    }

    private static String remedy() {
        return "give '" + MAX_TEXT + "', or simulated hours per second, for example 10";
    }
}
