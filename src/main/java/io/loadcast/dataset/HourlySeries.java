package io.loadcast.dataset;

import io.loadcast.domain.CivilCalendar;
import io.loadcast.domain.EpochHour;
import io.loadcast.domain.Region;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One region's hourly loads on a regular UTC grid: element {@code i} is the hour that starts at
 * {@code firstEpochHour() + i}, in MW, and NaN where the source has no value.
 *
 * <p>The grid has one element for every UTC hour from the first to the last, so neighbours are always one hour apart, also over
 * daylight-saving changes. Immutable; safe for use by several threads.
 */
public final class HourlySeries {
    private final Region region;
    private final CivilCalendar civilCalendar;
    private final long firstEpochHour;
    private final float[] loadMw;
    private final int presentHours;
    private final @Nullable DataFile source;

    /**
     * @param civilCalendar the region's, for calendar features; the grid itself is in UTC
     * @param firstEpochHour valid time of the first element, see {@link EpochHour}
     * @param loadMw loads in MW, NaN where missing; copied
     * @throws IllegalArgumentException if a load is infinite or negative
     */
    public HourlySeries(Region region, CivilCalendar civilCalendar, long firstEpochHour, float[] loadMw) {
        this(region, civilCalendar, firstEpochHour, loadMw, null);
    }

    private HourlySeries(
            Region region,
            CivilCalendar civilCalendar,
            long firstEpochHour,
            float[] loadMw,
            @Nullable DataFile source) {
        this.source = source;
        this.region = region;
        this.civilCalendar = civilCalendar;
        this.firstEpochHour = firstEpochHour;
        this.loadMw = loadMw.clone();
        int present = 0;
        for (int i = 0; i < loadMw.length; i++) {
            if (loadMw[i] < 0 || Float.isInfinite(loadMw[i])) {
                throw new IllegalArgumentException(
                        "load " + loadMw[i] + " MW at hour " + i + " of " + region + " is not a finite number ≥ 0");
            }
            present += Float.isNaN(loadMw[i]) ? 0 : 1;
        }
        this.presentHours = present;
    }

    public Region region() {
        return region;
    }

    public CivilCalendar civilCalendar() {
        return civilCalendar;
    }

    /** The zone of the civil calendar. */
    public ZoneId zone() {
        return civilCalendar.zone();
    }

    /** The file that it was read from; empty if it was made otherwise. */
    public Optional<DataFile> source() {
        return Optional.ofNullable(source);
    }

    /** The same series, read from this file. */
    HourlySeries from(DataFile file) {
        return new HourlySeries(region, civilCalendar, firstEpochHour, loadMw, file);
    }

    public long firstEpochHour() {
        return firstEpochHour;
    }

    /** Length of the grid, present and missing hours together. */
    public int hours() {
        return loadMw.length;
    }

    public int presentHours() {
        return presentHours;
    }

    /** Valid time of element {@code i}. */
    public long epochHour(int i) {
        return firstEpochHour + i;
    }

    /** Load of element {@code i} in MW, NaN if missing. */
    public float loadMw(int i) {
        return loadMw[i];
    }

    public boolean isPresent(int i) {
        return !Float.isNaN(loadMw[i]);
    }

    /** A copy of all loads in MW, NaN where missing. */
    public float[] loadMw() {
        return loadMw.clone();
    }

    /** The most hours in a row that all have a load. */
    public int longestRun() {
        int longest = 0;
        int run = 0;
        for (int i = 0; i < loadMw.length; i++) {
            run = isPresent(i) ? run + 1 : 0;
            longest = Math.max(longest, run);
        }
        return longest;
    }

    /** The hours that have a load, in time order, without the gaps between them. */
    public PresentHours present() {
        long[] epochHours = new long[presentHours];
        float[] loads = new float[presentHours];
        int n = 0;
        for (int i = 0; i < loadMw.length; i++) {
            if (isPresent(i)) {
                epochHours[n] = epochHour(i);
                loads[n++] = loadMw[i];
            }
        }
        return new PresentHours(epochHours, loads);
    }

    /** The last {@code hours} elements of the grid, or all if it has fewer. */
    public HourlySeries last(int hours) {
        int from = Math.max(0, loadMw.length - hours);
        return slice(from, loadMw.length);
    }

    /**
     * The elements {@code from} (inclusive) to {@code to} (exclusive).
     *
     * @throws IndexOutOfBoundsException if they are not all on the grid
     */
    public HourlySeries slice(int from, int to) {
        Objects.checkFromToIndex(from, to, loadMw.length);
        return new HourlySeries(region, civilCalendar, epochHour(from), Arrays.copyOfRange(loadMw, from, to), source);
    }

    @Override
    public String toString() {
        return region + ": " + presentHours + " of " + loadMw.length + " hours from " + EpochHour.start(firstEpochHour);
    }
}
