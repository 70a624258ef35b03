package io.loadcast.domain;

import java.time.Instant;

/**
 * The time over which a meter has summed energy: whole minutes, at most an hour, so that it lies in one UTC hour or in two.
 *
 * @param startMinute when it starts, in minutes since 1970-01-01T00:00Z, not negative
 * @param minutes how long it is, 1 to {@value #LONGEST_MINUTES}
 */
public record MeteringInterval(long startMinute, int minutes) {
    public static final int LONGEST_MINUTES = 60;

    private static final int HOUR_MINUTES = 60;

    /** @throws IllegalArgumentException if it starts before 1970, or is too short or too long */
    public MeteringInterval {
        if (startMinute < 0 || minutes < 1 || minutes > LONGEST_MINUTES) {
            throw new IllegalArgumentException("a metering interval of " + minutes + " minutes from epoch minute "
                    + startMinute + " is not one; it has 1 to " + LONGEST_MINUTES + " minutes and starts since 1970");
        }
    }

    public Instant start() {
        return Instant.ofEpochSecond(startMinute * 60);
    }

    /** The first minute after it. */
    public long endMinute() {
        return startMinute + minutes;
    }

    /** The epoch hour in which it starts. */
    public long firstHour() {
        return startMinute / HOUR_MINUTES;
    }

    /** The epoch hour in which it ends: the first hour, or the one after. */
    public long lastHour() {
        return (endMinute() - 1) / HOUR_MINUTES;
    }

    public boolean overlaps(MeteringInterval other) {
        return startMinute < other.endMinute() && other.startMinute < endMinute();
    }

    /** How many of its minutes lie in the hour. */
    public int minutesIn(long hour) {
        long from = Math.max(startMinute, hour * HOUR_MINUTES);
        long to = Math.min(endMinute(), (hour + 1) * HOUR_MINUTES);
        return (int) Math.max(0, to - from);
    }

    /**
     * The part of its energy that counts for the hour: by minutes, in whole units. What rounding takes from the first hour is the
     * second's, so the parts always add up to the whole.
     */
    public long partIn(long hour, long energy) {
        if (hour == firstHour()) {
            return energy * minutesIn(hour) / minutes;
        }
        return hour == lastHour() ? energy - partIn(firstHour(), energy) : 0;
    }
}
