package io.loadcast.domain;

import java.time.Instant;

/**
 * One observed load: the mean power over one hour.
 *
 * @param region whose load it is
 * @param validTime start of the hour, on the whole hour in UTC, not before 1970
 * @param loadMw mean power over the hour in MW, from 0 to {@link #LARGEST_LOAD_MW}
 */
public record Reading(Region region, Instant validTime, double loadMw) {
    /** Some hundred times the load of the whole world: more is an error of the meter or of the unit. */
    public static final double LARGEST_LOAD_MW = 1e9;

    /** @throws IllegalArgumentException if the time is not a whole UTC hour since 1970, or the load not in its range */
    public Reading {
        if (!EpochHour.isStartOfHour(validTime) || validTime.isBefore(Instant.EPOCH)) {
            throw new IllegalArgumentException("valid_time " + validTime
                    + " is not the start of an hour since 1970 in UTC; round it down to the hour it describes");
        }
        if (!(loadMw >= 0 && loadMw <= LARGEST_LOAD_MW)) {
            throw new IllegalArgumentException("load_mw " + loadMw + " is not in 0 … " + LARGEST_LOAD_MW + " MW");
        }
    }

    public long epochHour() {
        return EpochHour.containing(validTime);
    }
}
