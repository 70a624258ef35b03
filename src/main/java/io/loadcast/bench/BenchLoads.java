package io.loadcast.bench;

import io.loadcast.dataset.HourlySeries;
import io.loadcast.domain.CivilCalendar;
import java.util.List;
import java.util.function.Function;

/** The loads that a benchmark feeds, cut to what its timeline needs. Immutable. */
public final class BenchLoads {
    private final String source;
    private final int regions;
    private final CivilCalendar civilCalendar;
    private final Function<Timeline, List<HourlySeries>> series;

    private BenchLoads(
            String source, int regions, CivilCalendar civilCalendar, Function<Timeline, List<HourlySeries>> series) {
        this.source = source;
        this.regions = regions;
        this.civilCalendar = civilCalendar;
        this.series = series;
    }

    /**
     * Of an imaginary grid.
     *
     * @param hours of each region that are measured
     */
    public static BenchLoads synthetic(int regions, int hours) {
        return new BenchLoads(
                "synthetic",
                regions,
                CivilCalendar.withoutHolidays(BenchGrid.ZONE),
                timeline -> BenchGrid.series(regions, timeline.hoursFor(hours)));
    }

    /** Of files, all hours. */
    public static BenchLoads of(String source, List<HourlySeries> series) {
        return new BenchLoads(source, series.size(), series.get(0).civilCalendar(), timeline -> series);
    }

    /**
     * Of files, the last hours.
     *
     * @param hours of each region that are measured
     */
    public static BenchLoads of(String source, List<HourlySeries> series, int hours) {
        return new BenchLoads(
                source,
                series.size(),
                series.get(0).civilCalendar(),
                timeline -> series.stream()
                        .map(one -> one.last(timeline.hoursFor(hours)))
                        .toList());
    }

    /** Where they come from, for the report. */
    String source() {
        return source;
    }

    int regions() {
        return regions;
    }

    /** What serving is to take for every region's. */
    CivilCalendar civilCalendar() {
        return civilCalendar;
    }

    /** @throws BenchException if a region has too few hours */
    List<HourlySeries> series(Timeline timeline) {
        List<HourlySeries> cut = series.apply(timeline);
        cut.forEach(timeline::requireEnough);
        return cut;
    }
}
