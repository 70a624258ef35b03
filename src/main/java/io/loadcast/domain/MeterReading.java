package io.loadcast.domain;

/**
 * The energy that one meter has measured over one metering interval.
 *
 * @param region whose load the meter is a part of
 * @param energyMilliwattHours from 0 to what {@link #LARGEST_POWER_KW} gives in the interval; whole, so that sums of many do not depend
 *     on their order
 */
public record MeterReading(Region region, Meter meter, MeteringInterval interval, long energyMilliwattHours) {
    /** A terawatt, the load of a continent: more is an error of the meter or of the unit. */
    public static final double LARGEST_POWER_KW = 1e9;

    public static final long MILLIWATT_HOURS_PER_KWH = 1_000_000;

    private static final long LARGEST_HOURLY = (long) LARGEST_POWER_KW * MILLIWATT_HOURS_PER_KWH;

    /** @throws IllegalArgumentException if the energy is not in its range */
    public MeterReading {
        if (energyMilliwattHours < 0 || energyMilliwattHours > largestEnergy(interval)) {
            throw new IllegalArgumentException("energy " + energyMilliwattHours + " mWh is not in 0 … "
                    + largestEnergy(interval) + " mWh, which is a mean power of 10⁹ kW");
        }
    }

    /** Rounded, as measured energies are: what {@link #LARGEST_POWER_KW} gives is in the range. */
    private static long largestEnergy(MeteringInterval interval) {
        return (LARGEST_HOURLY * interval.minutes() + MeteringInterval.LONGEST_MINUTES / 2)
                / MeteringInterval.LONGEST_MINUTES;
    }
}
