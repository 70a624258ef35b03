package io.loadcast.alerting;

import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The clocks of a task's regions: of each, the hour of its newest reading; here only how many regions stand at which hour. The front is the
 * hour that enough of them have reached, so that no single clock that is wrong makes it. Not thread-safe.
 */
final class FeedClocks {
    private final int fewestRegions;
    private final double share;
    private final TreeMap<Long, int[]> regionsByHour = new TreeMap<>();
    private int regions;

    /**
     * @param fewestRegions how many have to have reached the front, at least
     * @param share how many of all, at least
     */
    FeedClocks(int fewestRegions, double share) {
        this.fewestRegions = fewestRegions;
        this.share = share;
    }

    /** A region's clock goes from an hour, null if it had none, to another. */
    void move(@Nullable Long from, long to) {
        if (from == null) {
            regions++;
        } else {
            int[] left = regionsByHour.get(from);
            if (left != null && --left[0] == 0) {
                regionsByHour.remove(from);
            }
        }
        regionsByHour.computeIfAbsent(to, hour -> new int[1])[0]++;
    }

    /** The hour that enough regions have reached; null while there are too few. */
    @Nullable
    Long front() {
        int enough = Math.max(fewestRegions, (int) Math.ceil(share * regions));
        int reached = 0;
        for (Map.Entry<Long, int[]> hour : regionsByHour.descendingMap().entrySet()) {
            reached += hour.getValue()[0];
            if (reached >= enough) {
                return hour.getKey();
            }
        }
        return null;
    }

    /** The hour of the region that is furthest behind; null if there is no region. */
    @Nullable
    Long last() {
        return regionsByHour.isEmpty() ? null : regionsByHour.firstKey();
    }

    /** The newest hour of any region; null if there is no region. */
    @Nullable
    Long newest() {
        return regionsByHour.isEmpty() ? null : regionsByHour.lastKey();
    }
}
