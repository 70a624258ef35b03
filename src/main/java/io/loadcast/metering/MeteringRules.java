package io.loadcast.metering;

import java.time.Duration;

/**
 * How meter readings become hours.
 *
 * @param grace how far past its end a region's event time has to be for an hour to close; whole minutes, 0 to a day
 * @param missing what is done about meters that are missing then
 * @param minCompleteness the share of its known meters, by weight, without which an hour is never published; above 0, to 1
 * @param keepHours how many closed hours can still be revised; 1 or more
 * @param forgetAfter how long a meter may be silent and still is known; at least two hours longer than
 *     what is kept and the grace together, so that no meter is forgotten while an hour of it is kept
 */
public record MeteringRules(
        Duration grace, MissingMeters missing, double minCompleteness, int keepHours, Duration forgetAfter) {
    private static final Duration LONGEST_GRACE = Duration.ofDays(1);
    private static final int LARGEST_KEEP_HOURS = 24 * 366;
    private static final int MINUTES = 60;

    /** @throws IllegalArgumentException if one of them is out of range; the message begins with its name */
    public MeteringRules {
        require(
                !grace.isNegative() && grace.compareTo(LONGEST_GRACE) <= 0 && grace.toSecondsPart() == 0,
                "grace is " + grace.toSeconds() + "s; whole minutes from 0m to 24h");
        require(
                minCompleteness > 0 && minCompleteness <= 1,
                "min-completeness is " + minCompleteness + "; a share above 0, 1 at most");
        require(
                keepHours >= 1 && keepHours <= LARGEST_KEEP_HOURS,
                "keep-hours is " + keepHours + "; 1 to " + LARGEST_KEEP_HOURS);
        require(
                forgetAfter.minusHours(keepHours + 2L).compareTo(grace) >= 0,
                "forget-after is " + forgetAfter.toHours()
                        + "h; at least two hours longer than keep-hours and grace together");
    }

    private static void require(boolean holds, String otherwise) {
        if (!holds) {
            throw new IllegalArgumentException(otherwise);
        }
    }

    /** The newest hour whose grace is over at this minute; 0 where that would be before 1970. */
    long reachedHour(long minute) {
        return Math.max(0, Math.floorDiv(minute - grace.toMinutes(), MINUTES) - 1);
    }

    long forgetHours() {
        return forgetAfter.toHours();
    }

    /**
     * How many of a region's known meters must have passed the grace of an hour for it to close: a tenth, so that silent ones
     * do not hold it up; two at least, so that one bad clock does not move it. Of one or two meters nobody can tell which clock is bad.
     */
    static int quorum(int knownMeters) {
        return knownMeters <= 2 ? 1 : Math.max(2, (knownMeters + 9) / 10);
    }

    /** How many more meters have to be complete before a closed hour is looked at again in between. */
    static int step(int knownMeters) {
        return Math.max(1, (knownMeters + 3) / 4);
    }
}
