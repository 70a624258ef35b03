package io.loadcast.dataset;

import io.loadcast.domain.CivilCalendar;
import io.loadcast.domain.Region;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;

/** The rows of one file, in file order, on their way to a regular grid. */
final class LabelledLoads {
    private final List<Row> rows = new ArrayList<>();
    private long ascents;
    private long descents;

    /**
     * @param line where the row stands in the file
     * @param label its time as written
     * @param hours the hours that the label may name, one or two
     * @param loadMw NaN if the file leaves it blank
     */
    record Row(long line, String label, HourResolver.Hours hours, float loadMw) {}

    void add(Row row) {
        if (!rows.isEmpty()) {
            long step = row.hours().first() - rows.get(rows.size() - 1).hours().first();
            ascents += step > 0 ? 1 : 0;
            descents += step < 0 ? 1 : 0;
        }
        rows.add(row);
    }

    int size() {
        return rows.size();
    }

    boolean hasLoads() {
        return rows.stream().anyMatch(row -> !Float.isNaN(row.loadMw()));
    }

    /** Puts every row on its hour; rows that claim an hour already taken by another value become problems. */
    HourlySeries toSeries(Path file, Region region, CivilCalendar civilCalendar, Problems problems) {
        if (descents > ascents) {
            Collections.reverse(rows); // newest first: of a doubled label, the lower row is the earlier hour
        }
        Grid grid = Grid.spanning(rows);
        for (Row row : rows) {
            grid.place(row, file, problems);
        }
        return grid.toSeries(region, civilCalendar);
    }

    /** Loads and the line that each came from, by hour; line 0 means none yet. */
    private record Grid(long firstEpochHour, float[] loadMw, long[] lines) {

        static Grid spanning(List<Row> rows) {
            long first = Long.MAX_VALUE;
            long last = Long.MIN_VALUE;
            for (Row row : rows) {
                first = Math.min(first, row.hours().first());
                last = Math.max(last, row.hours().last());
            }
            float[] loadMw = new float[Math.toIntExact(last - first + 1)];
            Arrays.fill(loadMw, Float.NaN);
            return new Grid(first, loadMw, new long[loadMw.length]);
        }

        void place(Row row, Path file, Problems problems) {
            int hour = index(row.hours().first());
            if (row.hours().isAmbiguous() && lines[hour] != 0) {
                hour = index(row.hours().last());
            }
            if (lines[hour] == 0) {
                loadMw[hour] = row.loadMw();
                lines[hour] = row.line();
            } else if (row.hours().isAmbiguous()) {
                problems.add(
                        file,
                        row.line(),
                        "time " + row.label() + " stands here for the third time; "
                                + "clocks were set back once, so keep two rows, the daylight-saving hour first");
            } else if (Float.compare(loadMw[hour], row.loadMw()) != 0) {
                problems.add(
                        file,
                        row.line(),
                        "load " + row.loadMw() + " for " + row.label() + ", but line " + lines[hour] + " says "
                                + loadMw[hour] + " for the same hour; keep one of the two rows");
            }
        }

        /** From the first to the last hour that has a load. */
        HourlySeries toSeries(Region region, CivilCalendar civilCalendar) {
            int from = 0;
            int to = loadMw.length;
            while (from < to && Float.isNaN(loadMw[from])) {
                from++;
            }
            while (to > from && Float.isNaN(loadMw[to - 1])) {
                to--;
            }
            return new HourlySeries(region, civilCalendar, firstEpochHour + from, Arrays.copyOfRange(loadMw, from, to));
        }

        private int index(long epochHour) {
            return (int) (epochHour - firstEpochHour);
        }
    }
}
