package io.loadcast.dataset;

import io.loadcast.domain.Region;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/**
 * CSV files of hourly loads, one region a file, turned into series on a regular UTC grid.
 *
 * <p>Rows may stand in any order. A blank load is a missing hour. Of a label that the clocks show twice in autumn, the two rows stand
 * one after the other in the order of the file: its first row is the earlier hour, or its last if the file begins with the newest. A
 * single row of such a label is placed only if another row names the other hour by an offset. Everything that cannot be placed without
 * guessing is a problem, and problems of all files are reported together.
 */
public final class HourlyCsv {
    private final CsvFormat format;
    private final Problems problems = new Problems();

    private HourlyCsv(CsvFormat format) {
        this.format = format;
    }

    /**
     * Reads one file, or all {@code *.csv} files of a directory in the order of their names.
     *
     * @throws DatasetException if a file cannot be read, has no such columns, or has rows that do not make sense
     */
    public static List<HourlySeries> read(Path fileOrDirectory, CsvFormat format) {
        return new HourlyCsv(format).readAll(fileOrDirectory);
    }

    private List<HourlySeries> readAll(Path fileOrDirectory) {
        List<HourlySeries> all = new ArrayList<>();
        Map<Region, Path> sources = new HashMap<>();
        for (Path file : filesOf(fileOrDirectory)) {
            new CsvFile(file, format, problems).read().ifPresent(series -> {
                Path other = sources.putIfAbsent(series.region(), file);
                if (other != null) {
                    problems.add(
                            file,
                            "region " + series.region() + " is also that of " + other
                                    + "; read the files one by one, or rename the load column of one");
                }
                all.add(series);
            });
        }
        problems.throwIfAny();
        return List.copyOf(all);
    }

    private List<Path> filesOf(Path fileOrDirectory) {
        List<Path> files = filesIn(fileOrDirectory);
        if (files.isEmpty()) {
            problems.add(
                    fileOrDirectory,
                    "has no *.csv file that can be listed; name a file, or a directory that holds some");
        }
        return files;
    }

    /** The file itself, or the CSV files of the directory by name; none if it cannot be listed. */
    static List<Path> filesIn(Path fileOrDirectory) {
        if (!Files.isDirectory(fileOrDirectory)) {
            return List.of(fileOrDirectory);
        }
        try (Stream<Path> entries = Files.list(fileOrDirectory)) {
            return entries.filter(HourlyCsv::isCsv).sorted().toList();
        } catch (IOException e) {
            return List.of();
        }
    }

    private static boolean isCsv(Path file) {
        return file.toString().toLowerCase(Locale.ROOT).endsWith(".csv") && Files.isRegularFile(file);
    }
}
