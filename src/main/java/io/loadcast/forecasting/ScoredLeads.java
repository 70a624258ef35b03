package io.loadcast.forecasting;

import io.loadcast.domain.Baseline;
import java.util.Collection;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The lead times at which forecasts are scored, a set of 1 … {@link Baseline#MAX_LEAD_HOURS} hours; shortest first. Each costs an
 * accuracy record for every reading and memory of every region, so they are chosen.
 *
 * @param mask bit {@code h − 1} is set if lead time {@code h} is scored
 */
public record ScoredLeads(int mask) {
    /** The next hour and the same hour of the next day. */
    public static final ScoredLeads DEFAULT = of(List.of(1, 24));

    /**
     * The set of these lead times, in hours.
     *
     * @throws IllegalArgumentException if one is not in 1 … {@link Baseline#MAX_LEAD_HOURS}
     */
    public static ScoredLeads of(Collection<Integer> hours) {
        int mask = 0;
        for (int lead : hours) {
            if (lead < 1 || lead > Baseline.MAX_LEAD_HOURS) {
                throw new IllegalArgumentException("lead time of " + lead + " hours is not in 1 … "
                        + Baseline.MAX_LEAD_HOURS + "; choose among those");
            }
            mask |= bit(lead);
        }
        return new ScoredLeads(mask);
    }

    /** Those of them that a model of this horizon forecasts. */
    public ScoredLeads within(int horizonHours) {
        return new ScoredLeads(mask & (bit(horizonHours + 1) - 1));
    }

    public int count() {
        return Integer.bitCount(mask);
    }

    /** The lead times, in hours. */
    public int[] hours() {
        return IntStream.rangeClosed(1, Baseline.MAX_LEAD_HOURS)
                .filter(this::contains)
                .toArray();
    }

    public boolean contains(int leadHours) {
        return (mask & bit(leadHours)) != 0;
    }

    private static int bit(int leadHours) {
        return 1 << (leadHours - 1);
    }

    @Override
    public String toString() {
        return String.join(
                ",", IntStream.of(hours()).mapToObj(Integer::toString).toList());
    }
}
