package io.loadcast.reference;

import java.util.List;

/**
 * The settings that the rules depend on.
 *
 * @param maxJumpHours how far ahead of its region's newest reading one connects
 * @param spikeFactor how many times the median a load is a spike
 * @param flatlineHours how many equal hours in a row are a flatline
 * @param maxRunHours missing hours in a row that are imputed, at most
 * @param maxHours of the lookback that are imputed, at most
 * @param leads scored lead times, hours, the shortest first
 */
public record Rules(
        int maxJumpHours, int spikeFactor, int flatlineHours, int maxRunHours, int maxHours, List<Integer> leads) {
    /** As documented. */
    public static final Rules DEFAULT = new Rules(24, 10, 6, 6, 9, List.of(1, 24));
}
