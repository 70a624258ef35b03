package io.loadcast.domain;

import java.time.Instant;

/**
 * One observed load: the mean power over one hour.
 *
 * @param region whose load it is
 * @param validTime start of the hour, on the whole hour in UTC, not before 1970
 * @param loadMw mean power over the hour in MW, finite and not negative
 */
public record Reading(Region region, Instant validTime, double loadMw) {
    /** @throws IllegalArgumentException if the time is not a whole UTC hour since 1970, or the load not finite and ≥ 0 */
    public Reading {
        if (!EpochHour.isStartOfHour(validTime) || validTime.isBefore(Instant.EPOCH)) {
            throw new IllegalArgumentException("valid_time " + validTime
                    + " is not the start of an hour since 1970 in UTC; round it down to the hour it describes");
        }
        if (!Double.isFinite(loadMw) || loadMw < 0) {
            throw new IllegalArgumentException("load_mw " + loadMw + " is not a finite number of MW ≥ 0");
        }
    }

    public long epochHour() {
        return EpochHour.containing(validTime);
    }
}
