package io.loadcast.dataset;

import io.loadcast.domain.CivilCalendar;
import io.loadcast.domain.EpochHour;
import io.loadcast.domain.Region;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

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

    /** Puts every row on its hour; rows that cannot be placed without guessing become problems. */
    HourlySeries toSeries(Path file, Region region, CivilCalendar civilCalendar, Problems problems) {
        if (descents > ascents) {
            Collections.reverse(rows); // newest first: of a doubled label, the lower row is the earlier hour
        }
        Grid grid = Grid.spanning(rows);
        Map<Long, List<Integer>> doubled = new TreeMap<>();
        for (int i = 0; i < rows.size(); i++) {
            Row row = rows.get(i);
            if (row.hours().isAmbiguous()) {
                doubled.computeIfAbsent(row.hours().first(), hour -> new ArrayList<>())
                        .add(i);
            } else {
                grid.place(row, file, problems);
            }
        }
        // Last, because a row that says its hour leaves only the other to a row that does not.
        for (List<Integer> positions : doubled.values()) {
            placeDoubled(positions, grid, civilCalendar, file, problems);
        }
        return grid.toSeries(region, civilCalendar);
    }

    /**
     * Puts the rows of a label that the clocks show twice on its hours, in the order of the file.
     *
     * @param positions of all rows of the label, not empty
     */
    private void placeDoubled(
            List<Integer> positions, Grid grid, CivilCalendar civilCalendar, Path file, Problems problems) {
        Row first = rows.get(positions.get(0));
        List<Long> free = Stream.of(first.hours().first(), first.hours().last())
                .filter(grid::isFree)
                .toList();
        if (positions.size() > free.size()) {
            Row extra = rows.get(positions.get(free.size()));
            problems.add(
                    file,
                    extra.line(),
                    "time " + extra.label() + " names one of two hours, and both have a row already; "
                            + "clocks were set back once, so keep two rows, the earlier hour first");
        } else if (positions.size() < free.size()) {
            if (!Float.isNaN(first.loadMw())) {
                problems.add(file, first.line(), standsOnce(first, civilCalendar));
            }
        } else if (free.size() == 2 && positions.get(1) != positions.get(0) + 1) {
            Row second = rows.get(positions.get(1));
            problems.add(
                    file,
                    Math.max(first.line(), second.line()),
                    "time " + first.label() + " also stands in line " + Math.min(first.line(), second.line())
                            + ", with other rows between, so nothing tells which of the two hours is the earlier; "
                            + "sort the file by time, or write times with their offset");
        } else {
            for (int i = 0; i < free.size(); i++) {
                grid.put(free.get(i), rows.get(positions.get(i)));
            }
        }
    }

    private static String standsOnce(Row row, CivilCalendar civilCalendar) {
        return "time " + row.label() + " stands once, but clocks in " + civilCalendar.zone()
                + " show it for two hours, which start at "
                + EpochHour.start(row.hours().first()) + " and "
                + EpochHour.start(row.hours().last())
                + "; write both rows in the order of the file, with a blank load for an hour that has none, "
                + "or write the time with its offset";
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

        boolean isFree(long epochHour) {
            return lines[index(epochHour)] == 0;
        }

        void put(long epochHour, Row row) {
            loadMw[index(epochHour)] = row.loadMw();
            lines[index(epochHour)] = row.line();
        }

        /** Puts a row that names one hour. */
        void place(Row row, Path file, Problems problems) {
            long epochHour = row.hours().first();
            int hour = index(epochHour);
            if (isFree(epochHour)) {
                put(epochHour, row);
            } else if (Float.compare(loadMw[hour], row.loadMw()) != 0) {
                problems.add(
                        file,
                        row.line(),
                        "load " + row.loadMw() + " for " + row.label() + ", but line " + lines[hour] + " says "
                                + loadMw[hour]
                                + " for the same hour; keep one of the two rows, or check --zone and --label");
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
