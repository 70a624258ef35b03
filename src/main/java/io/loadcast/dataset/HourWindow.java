package io.loadcast.dataset;

/**
 * Some consecutive hours of a series, all present: a view that holds no loads of its own.
 *
 * @param series where the hours are
 * @param start index of the first hour on the series' grid
 * @param hours how many
 */
public record HourWindow(HourlySeries series, int start, int hours) {

    /** Valid time of the window's first hour. */
    public long firstEpochHour() {
        return series.epochHour(start);
    }

    /** Valid time of the hour after the window's last one. */
    public long endEpochHour() {
        return series.epochHour(start) + hours;
    }
}
