package io.loadcast.http;

import io.loadcast.domain.EpochHour;
import io.micronaut.core.annotation.Nullable;

/**
 * The hours that are asked for.
 *
 * @param start the first, since 1970
 * @param end after the last
 */
record Period(long start, long end) {
    private static final long USUAL_HOURS = 7 * 24;

    /**
     * @param newest the newest hour that is known
     * @throws ProblemException if a time is none, or they are not in their order
     */
    static Period of(@Nullable String from, @Nullable String to, long newest) {
        long end = to == null ? newest + 1 : EpochHour.containing(Parameters.time("to", to));
        long start = from == null ? end - USUAL_HOURS : EpochHour.containing(Parameters.time("from", from));
        if (from != null && start > end) {
            throw Parameters.wrong("from", from, "it has to come before the end");
        }
        return new Period(start, end);
    }
}
