package io.loadcast.view;

/**
 * How much a view keeps. All regions keep the same number of hours: as many as are wanted, or fewer whole days where there are so
 * many regions that the memory would not do.
 *
 * @param hours how many hours of each region are wanted, counted back from its newest
 * @param bytes the memory for all regions, about
 * @param maxJumpHours how far ahead of a region's newest hour a reading may lie that is believed at once
 */
public record ViewLimits(int hours, long bytes, int maxJumpHours) {
    /** How many lead times a forecast is taken to have until one with more is seen. */
    static final int USUAL_LEADS = 24;

    /** A load, the reference to a forecast, and its array's header. */
    private static final int BYTES_PER_HOUR = 8 + 4 + 16;

    /** Three quantiles. */
    private static final int BYTES_PER_LEAD = 3 * 4;

    /** The newest forecast as text, the scores, and the objects that hold a region together. */
    static final int BYTES_PER_REGION = 4096;

    private static final int HOURS_PER_DAY = 24;

    /** The least that is kept of a region, however many there are: what its last day looks like, with its forecasts. */
    static final int LEAST_HOURS = 2 * HOURS_PER_DAY;

    /** @throws IllegalArgumentException if they leave room for no region */
    public ViewLimits {
        if (hours < LEAST_HOURS) {
            throw new IllegalArgumentException("history-hours is " + hours + "; at least " + LEAST_HOURS);
        }
        if (bytes < leastBytesPerRegion(USUAL_LEADS)) {
            throw new IllegalArgumentException("history memory is " + bytes + " bytes; not enough for one region");
        }
    }

    private static long leastBytesPerRegion(int leads) {
        return BYTES_PER_REGION + (long) LEAST_HOURS * bytesPerHour(leads);
    }

    private static int bytesPerHour(int leads) {
        return BYTES_PER_HOUR + leads * BYTES_PER_LEAD;
    }

    /** How many hours of each region are kept where there are so many, with forecasts of so many lead times. */
    int hoursOf(long regions, int leads) {
        long room = (bytes / Math.max(1, regions) - BYTES_PER_REGION) / bytesPerHour(leads);
        if (room >= hours) {
            return hours;
        }
        return (int) Math.max(LEAST_HOURS, room / HOURS_PER_DAY * HOURS_PER_DAY);
    }

    /** How many regions are kept, with forecasts of so many lead times; further ones are not seen. */
    int maxRegions(int leads) {
        return (int) Math.min(Integer.MAX_VALUE, bytes / leastBytesPerRegion(leads));
    }
}
