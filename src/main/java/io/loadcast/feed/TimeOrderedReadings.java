package io.loadcast.feed;

import io.loadcast.dataset.HourlySeries;
import io.loadcast.domain.EpochHour;
import io.loadcast.domain.Megawatts;
import io.loadcast.domain.Reading;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;

/**
 * The readings of several regions as meters would deliver them: by valid time, then by region name. Missing hours are left
 * out. Immutable; each iterator is for one thread.
 */
public final class TimeOrderedReadings implements Iterable<Reading> {
    private final List<HourlySeries> series;
    private final long firstEpochHour;
    private final long endEpochHour;

    private TimeOrderedReadings(List<HourlySeries> series, long firstEpochHour, long endEpochHour) {
        this.series = series;
        this.firstEpochHour = firstEpochHour;
        this.endEpochHour = endEpochHour;
    }

    /** All hours of all series. */
    public static TimeOrderedReadings of(List<HourlySeries> series) {
        List<HourlySeries> byRegion = series.stream()
                .sorted(Comparator.comparing(HourlySeries::region))
                .toList();
        long first =
                byRegion.stream().mapToLong(HourlySeries::firstEpochHour).min().orElse(0);
        long end = byRegion.stream().mapToLong(TimeOrderedReadings::endOf).max().orElse(0);
        return new TimeOrderedReadings(byRegion, first, end);
    }

    /** Only the last hours, counted back from the newest hour of any region. */
    public TimeOrderedReadings last(long hours) {
        return new TimeOrderedReadings(series, Math.max(firstEpochHour, endEpochHour - hours), endEpochHour);
    }

    /** How many readings an iterator will give. */
    public long count() {
        return series.stream().mapToLong(this::countOf).sum();
    }

    public int regions() {
        return series.size();
    }

    @Override
    public Iterator<Reading> iterator() {
        return new Merge();
    }

    private long countOf(HourlySeries one) {
        long count = 0;
        for (int i = (int) Math.max(0, firstEpochHour - one.firstEpochHour()); i < one.hours(); i++) {
            count += one.isPresent(i) ? 1 : 0;
        }
        return count;
    }

    private static long endOf(HourlySeries one) {
        return one.firstEpochHour() + one.hours();
    }

    /** Walks the grid hour by hour and, within the hour, region by region; no heap, because all grids share their hours. */
    private final class Merge implements Iterator<Reading> {
        private long epochHour = firstEpochHour;
        private int next = -1;

        Merge() {
            advance();
        }

        @Override
        public boolean hasNext() {
            return epochHour < endEpochHour;
        }

        @Override
        public Reading next() {
            if (!hasNext()) {
                throw new NoSuchElementException();
            }
            HourlySeries one = series.get(next);
            double loadMw = Megawatts.ofStored(one.loadMw((int) (epochHour - one.firstEpochHour())));
            Reading reading = new Reading(one.region(), EpochHour.start(epochHour), loadMw);
            advance();
            return reading;
        }

        private void advance() {
            do {
                if (++next == series.size()) {
                    next = 0;
                    epochHour++;
                }
            } while (hasNext() && !isPresent(series.get(next)));
        }

        private boolean isPresent(HourlySeries one) {
            long i = epochHour - one.firstEpochHour();
            return i >= 0 && i < one.hours() && one.isPresent((int) i);
        }
    }
}
