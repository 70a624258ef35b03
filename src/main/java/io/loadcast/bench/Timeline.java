package io.loadcast.bench;

import io.loadcast.dataset.HourlySeries;
import io.loadcast.feed.TimeOrderedReadings;
import java.util.List;

/**
 * Which hours of each region serve which part of the benchmark. In order:
 *
 * <ol>
 *   <li>warm-up: no forecast of the model yet, as the lookback is not full;
 *   <li>lead-in: forecasts that are not timed, until every tick is scored at all lead times and the JIT has compiled what is hot;
 *   <li>measured: the run that is timed;
 *   <li>bursts, one hour each;
 *   <li>lone ticks: as many hours as it takes;
 *   <li>lead-in and measured run with a batch size of one.
 * </ol>
 *
 * <p>The last parts are counted back from the end of each region, so that regions may be of different lengths.
 *
 * @param leadInHours forecasts of each region before the clock starts
 * @param loneHours hours of all regions that hold the lone ticks
 * @param batch1LeadInHours as {@code leadInHours}, with a batch size of one
 * @param batch1Hours hours of the measured run with a batch size of one
 */
record Timeline(int lookbackHours, int leadInHours, int loneHours, int batch1LeadInHours, int batch1Hours) {
    static final int LONE_TICKS = 100;
    static final int BURSTS = 3;

    /** Of the run with a batch size of one, which is shorter, at most. */
    private static final int BATCH1_TICKS = 10_000;

    /**
     * @param regions how many regions there are
     * @param horizonHours every forecast waits for so many hours for its scores
     * @param leadInTicks forecasts before the clock starts, at least
     */
    static Timeline of(int regions, int lookbackHours, int horizonHours, int leadInTicks) {
        return new Timeline(
                lookbackHours,
                Math.max(horizonHours + 1, hours(leadInTicks, regions)),
                hours(LONE_TICKS, regions),
                hours(Math.min(BATCH1_TICKS / 2, leadInTicks), regions),
                hours(Math.min(BATCH1_TICKS, leadInTicks), regions));
    }

    private static int hours(int ticks, int regions) {
        return (ticks + regions - 1) / regions;
    }

    /** Hours before the measured run. */
    int hoursBefore() {
        return lookbackHours - 1 + leadInHours;
    }

    private int hoursAfter() {
        return BURSTS + loneHours + batch1LeadInHours + batch1Hours;
    }

    /** Hours of a region whose measured run has so many. */
    int hoursFor(int measuredHours) {
        return hoursBefore() + measuredHours + hoursAfter();
    }

    /** @throws BenchException if a region has no hour left to measure */
    void requireEnough(HourlySeries series) {
        if (series.hours() < hoursFor(1)) {
            throw new BenchException("region " + series.region() + " has " + series.hours()
                    + " hours; the benchmark needs " + hoursFor(1) + " with this number of regions, of which "
                    + hoursBefore() + " for warm-up and lead-in. Leave the region out, or lower --lead-in");
        }
    }

    TimeOrderedReadings warmUpAndLeadIn(List<HourlySeries> series) {
        return slices(series, all -> 0, all -> hoursBefore());
    }

    TimeOrderedReadings measured(List<HourlySeries> series) {
        return slices(series, all -> hoursBefore(), all -> all - hoursAfter());
    }

    /** @param number 0 … {@link #BURSTS} − 1 */
    TimeOrderedReadings burst(List<HourlySeries> series, int number) {
        return slices(series, all -> all - hoursAfter() + number, all -> all - hoursAfter() + number + 1);
    }

    TimeOrderedReadings lone(List<HourlySeries> series) {
        int left = loneHours + batch1LeadInHours + batch1Hours;
        return slices(series, all -> all - left, all -> all - left + loneHours);
    }

    TimeOrderedReadings batch1LeadIn(List<HourlySeries> series) {
        int left = batch1LeadInHours + batch1Hours;
        return slices(series, all -> all - left, all -> all - batch1Hours);
    }

    TimeOrderedReadings batch1(List<HourlySeries> series) {
        return slices(series, all -> all - batch1Hours, all -> all);
    }

    /** A place in a region that has so many hours. */
    private interface Place {
        int in(int hours);
    }

    private static TimeOrderedReadings slices(List<HourlySeries> series, Place from, Place to) {
        return TimeOrderedReadings.of(series.stream()
                .map(one -> one.slice(from.in(one.hours()), to.in(one.hours())))
                .toList());
    }
}
