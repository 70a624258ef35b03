package io.loadcast.models;

import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;

/**
 * The hours that are looked at at once where all regions promote together: they follow each other without overlap, on a grid of event time that
 * nobody has to remember. So whoever looks, and however often, looks at the same hours.
 *
 * @param newestHour the last of them, an epoch hour
 */
record PromotionWindow(long newestHour) {
    /** Regions that are read so many hours after others are in, and most late readings. */
    private static final int GRACE_HOURS = 24;

    /**
     * The newest window that is over for all partitions; but none is awaited that is a whole window behind the foremost.
     *
     * @param hours of a window
     * @param newestHours how far the partitions are scored, of those that are scored at all
     * @return empty if nothing was scored
     */
    static Optional<PromotionWindow> newestComplete(Collection<Long> newestHours, int hours) {
        long foremost = newestHours.stream().reduce(Long.MIN_VALUE, Math::max);
        return newestHours.stream()
                .filter(hour -> hour > foremost - hours)
                .min(Comparator.naturalOrder())
                .map(hour -> new PromotionWindow(Math.floorDiv(hour + 1 - GRACE_HOURS, hours) * hours - 1));
    }

    /** The hour at which the next window can be complete. */
    long nextCompleteAt(int hours) {
        return newestHour + hours + GRACE_HOURS;
    }
}
