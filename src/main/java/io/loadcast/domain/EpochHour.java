package io.loadcast.domain;

import java.time.Instant;

/**
 * Hours counted from 1970-01-01T00:00Z: the arithmetic form of a valid time. Hour {@code n} is the hour that starts
 * {@code n} hours after the epoch, in UTC, so there are no gaps or doubles at daylight-saving changes.
 */
public final class EpochHour {
    private static final long SECONDS = 3600;

    private EpochHour() {}

    /** The hour that contains the instant. */
    public static long containing(Instant instant) {
        return Math.floorDiv(instant.getEpochSecond(), SECONDS);
    }

    /** Whether the instant is exactly the start of an hour. */
    public static boolean isStartOfHour(Instant instant) {
        return instant.getNano() == 0 && Math.floorMod(instant.getEpochSecond(), SECONDS) == 0;
    }

    /** The instant at which the hour starts. */
    public static Instant start(long epochHour) {
        return Instant.ofEpochSecond(epochHour * SECONDS);
    }
}
