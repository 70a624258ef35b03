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
    /** A load, the reference to a forecast, and 24 lead times of three quantiles with their array's header. */
    static final int BYTES_PER_HOUR = 8 + 4 + 16 + 24 * 3 * 4;

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
        if (bytes < BYTES_PER_REGION + (long) LEAST_HOURS * BYTES_PER_HOUR) {
            throw new IllegalArgumentException("history memory is " + bytes + " bytes; not enough for one region");
        }
    }

    /** How many hours of each region are kept where there are so many. */
    int hoursOf(long regions) {
        long room = (bytes / Math.max(1, regions) - BYTES_PER_REGION) / BYTES_PER_HOUR;
        if (room >= hours) {
            return hours;
        }
        return (int) Math.max(LEAST_HOURS, room / HOURS_PER_DAY * HOURS_PER_DAY);
    }

    /** How many regions are kept; further ones are not seen. */
    int maxRegions() {
        return (int) Math.min(Integer.MAX_VALUE, bytes / (BYTES_PER_REGION + (long) LEAST_HOURS * BYTES_PER_HOUR));
    }
}
