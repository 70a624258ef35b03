package io.loadcast.replay;

import io.loadcast.dataset.HourlySeries;
import io.loadcast.domain.CivilCalendar;
import io.loadcast.domain.Reading;
import io.loadcast.domain.Region;
import java.util.Arrays;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** The last load that was read of each region and hour, as single-precision numbers, which is what serving keeps. For one thread. */
final class FinalLoads {
    private static final int ROOM = 24 * 366;

    private final SortedMap<Region, Hours> regions = new TreeMap<>();

    /** A later reading of the same hour takes the place of an earlier one. */
    void take(Reading reading) {
        regions.computeIfAbsent(reading.region(), region -> new Hours(reading.epochHour()))
                .set(reading.epochHour(), (float) reading.loadMw());
    }

    /** A series for each region, sorted by the name. */
    List<HourlySeries> series(CivilCalendar civilCalendar) {
        return regions.entrySet().stream()
                .map(entry -> entry.getValue().series(entry.getKey(), civilCalendar))
                .toList();
    }

    /** An array that grows at both ends. */
    private static final class Hours {
        private float[] loadMw = new float[0];
        private long base; // the hour of the first element
        private long first;
        private long last;

        Hours(long hour) {
            base = hour;
            first = hour;
            last = hour;
        }

        void set(long hour, float mw) {
            first = Math.min(first, hour);
            last = Math.max(last, hour);
            if (hour < base || hour >= base + loadMw.length) {
                grow();
            }
            loadMw[(int) (hour - base)] = mw;
        }

        private void grow() {
            long newBase = first < base ? first - ROOM : base;
            float[] larger = new float[Math.toIntExact(last - newBase + 1 + ROOM)];
            Arrays.fill(larger, Float.NaN);
            System.arraycopy(loadMw, 0, larger, (int) (base - newBase), loadMw.length);
            base = newBase;
            loadMw = larger;
        }

        HourlySeries series(Region region, CivilCalendar civilCalendar) {
            float[] exact = Arrays.copyOfRange(loadMw, (int) (first - base), (int) (last - base) + 1);
            return new HourlySeries(region, civilCalendar, first, exact);
        }
    }
}
