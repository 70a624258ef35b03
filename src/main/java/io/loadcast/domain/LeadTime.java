package io.loadcast.domain;

/**
 * How far ahead of its issue time a forecast point lies: valid time − issue time.
 *
 * @param hours 1 … horizon
 */
public record LeadTime(int hours) implements Comparable<LeadTime> {
    public static final LeadTime NEXT_HOUR = new LeadTime(1);

    /** @throws IllegalArgumentException if not positive */
    public LeadTime {
        if (hours < 1) {
            throw new IllegalArgumentException("lead time " + hours + " h is not positive");
        }
    }

    @Override
    public int compareTo(LeadTime other) {
        return Integer.compare(hours, other.hours);
    }
}
