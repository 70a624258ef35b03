package io.loadcast.bench;

import io.loadcast.dataset.HourlySeries;
import io.loadcast.domain.Region;
import io.loadcast.feed.SyntheticGrid;
import java.time.Instant;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/**
 * An imaginary grid of any number of regions. Those beyond the first thousand have the loads of a region of the first thousand, a
 * little larger, so that a hundred thousand are made within seconds.
 */
public final class BenchGrid {
    static final ZoneId ZONE = ZoneId.of("America/New_York");
    private static final long SEED = 1;
    private static final int DISTINCT = 1000;
    private static final float GROWTH = 0.01f;

    private BenchGrid() {}

    /**
     * The same number of hours of each region, without gaps; the last ended an hour ago or a little more.
     *
     * @param regions 1 or more
     * @param hours of each region, positive
     */
    public static List<HourlySeries> series(int regions, int hours) {
        Instant end = Instant.now().truncatedTo(ChronoUnit.HOURS).minus(1, ChronoUnit.HOURS);
        List<HourlySeries> distinct =
                new SyntheticGrid(Math.min(regions, DISTINCT), ZONE, SEED).seriesBefore(end, hours);
        return IntStream.range(0, regions)
                .mapToObj(number -> region(number, distinct.get(number % DISTINCT)))
                .toList();
    }

    private static HourlySeries region(int number, HourlySeries like) {
        float[] loadsMw = like.loadMw();
        float factor = 1 + GROWTH * (number / DISTINCT);
        for (int i = 0; i < loadsMw.length; i++) {
            loadsMw[i] = Math.round(loadsMw[i] * factor * 10) / 10f;
        }
        Region region = new Region(String.format(Locale.ROOT, "SYN_%06d", number + 1));
        return new HourlySeries(region, like.civilCalendar(), like.firstEpochHour(), loadsMw);
    }
}
