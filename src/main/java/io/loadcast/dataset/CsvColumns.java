package io.loadcast.dataset;

import io.loadcast.domain.Region;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Where a file's times and loads stand, and whose loads they are, as its header and name tell.
 *
 * @param time index of the time column
 * @param load index of the load column
 * @param region whose loads they are
 */
record CsvColumns(int time, int load, Region region) {
    private static final Set<String> TIME_NAMES = Set.of(
            "datetime", "date_time", "time", "timestamp", "valid_time", "utc_timestamp", "date", "hour", "period");
    private static final Set<String> LOAD_NAMES = Set.of("load_mw", "load", "mw", "demand_mw", "demand", "value");
    private static final String LOAD_SUFFIX = "_mw";
    private static final String FILE_SUFFIX = "_hourly";

    /** @throws IllegalArgumentException if a column is not there, or cannot be told from the others */
    static CsvColumns find(Path file, List<String> header, CsvFormat format) {
        int time = format.timeColumn() != null
                ? named(header, "time", format.timeColumn())
                : detected(header, "time", TIME_NAMES, -1);
        int load = format.loadColumn() != null
                ? named(header, "load", format.loadColumn())
                : detected(header, "load", LOAD_NAMES, time);
        Region region = format.region() != null ? format.region() : regionOf(file, header.get(load));
        return new CsvColumns(time, load, region);
    }

    /** How many columns a row must have. */
    int width() {
        return Math.max(time, load) + 1;
    }

    private static int named(List<String> header, String role, String name) {
        int index = header.indexOf(name);
        if (index < 0) {
            throw new IllegalArgumentException("no column '" + name + "' for the " + role + "; the header has " + header
                    + ": give one of these with --" + role + "-column");
        }
        return index;
    }

    private static int detected(List<String> header, String role, Set<String> usualNames, int taken) {
        List<Integer> found = candidates(header, usualNames, taken);
        if (found.size() != 1) {
            throw new IllegalArgumentException((found.isEmpty() ? "no " : "more than one ") + role + " column among "
                    + header + ": name it with --" + role + "-column");
        }
        return found.get(0);
    }

    private static List<Integer> candidates(List<String> header, Set<String> usualNames, int taken) {
        boolean isLoad = taken >= 0;
        List<Integer> found = IntStream.range(0, header.size())
                .filter(i -> i != taken && isUsual(header.get(i), usualNames, isLoad))
                .boxed()
                .toList();
        boolean onlyOneLeft = isLoad && header.size() == 2;
        return found.isEmpty() && onlyOneLeft ? List.of(1 - taken) : found;
    }

    private static boolean isUsual(String column, Set<String> usualNames, boolean isLoad) {
        String name = column.toLowerCase(Locale.ROOT);
        return usualNames.contains(name) || (isLoad && name.endsWith(LOAD_SUFFIX));
    }

    private static Region regionOf(Path file, String loadColumn) {
        String column = withoutSuffix(loadColumn, LOAD_SUFFIX);
        boolean columnNamesRegion =
                column.length() < loadColumn.length() && !LOAD_NAMES.contains(loadColumn.toLowerCase(Locale.ROOT));
        return new Region(columnNamesRegion ? column : fileStem(file));
    }

    private static String fileStem(Path file) {
        @Nullable Path name = file.getFileName();
        return withoutSuffix(withoutSuffix(name == null ? "" : name.toString(), ".csv"), FILE_SUFFIX);
    }

    private static String withoutSuffix(String text, String suffix) {
        int end = text.length() - suffix.length();
        return text.regionMatches(true, end, suffix, 0, suffix.length()) ? text.substring(0, end) : text;
    }
}
