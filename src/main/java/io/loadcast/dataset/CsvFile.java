package io.loadcast.dataset;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.loadcast.dataset.HourResolver.Hours;
import io.loadcast.dataset.LabelledLoads.Row;
import io.loadcast.domain.EpochHour;
import io.loadcast.domain.Reading;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.commons.csv.CSVException;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;

/** One CSV file on its way to a series: header, rows, grid. What it cannot read it adds to the problems. */
final class CsvFile {
    private static final CSVFormat SYNTAX =
            CSVFormat.DEFAULT.builder().setIgnoreSurroundingSpaces(true).get();
    private static final String BYTE_ORDER_MARK = "\uFEFF";
    private static final long LAST_HOUR = EpochHour.containing(Instant.parse("2099-12-31T23:00:00Z"));

    private final Path file;
    private final CsvFormat format;
    private final Problems problems;
    private final HourResolver resolver;
    private int badRows;

    CsvFile(Path file, CsvFormat format, Problems problems) {
        this.file = file;
        this.format = format;
        this.problems = problems;
        this.resolver = new HourResolver(format.zone(), format.label());
    }

    /** The file's series, or nothing if it has none; then there is a problem that says why. */
    Optional<HourlySeries> read() {
        MessageDigest sha256 = sha256();
        try (InputStream bytes = new DigestInputStream(Files.newInputStream(file), sha256);
                CSVParser parser = SYNTAX.parse(new BufferedReader(new InputStreamReader(bytes, UTF_8.newDecoder())))) {
            Iterator<CSVRecord> records = parser.iterator();
            if (!records.hasNext()) {
                problems.add(file, "is empty; it needs a header with a time and a load column, and rows");
                return Optional.empty();
            }
            CsvColumns columns = CsvColumns.find(file, headerOf(records.next()), format);
            LabelledLoads rows = rowsOf(parser, records, columns);
            String name = String.valueOf(file.getFileName());
            return seriesOf(rows, columns)
                    .map(series ->
                            series.from(new DataFile(name, HexFormat.of().formatHex(sha256.digest()), rows.size())));
        } catch (NoSuchFileException e) {
            problems.add(file, "no such file; check the path");
        } catch (IllegalArgumentException e) {
            problems.add(file, 1, String.valueOf(e.getMessage()));
        } catch (UncheckedIOException e) {
            problems.add(file, unreadable(Objects.requireNonNull(e.getCause())));
        } catch (IOException e) {
            problems.add(file, unreadable(e));
        }
        return Optional.empty();
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    private static List<String> headerOf(CSVRecord record) {
        return Stream.of(record.values())
                .map(name -> name.startsWith(BYTE_ORDER_MARK) ? name.substring(1) : name)
                .toList();
    }

    private LabelledLoads rowsOf(CSVParser parser, Iterator<CSVRecord> records, CsvColumns columns) {
        LabelledLoads rows = new LabelledLoads();
        while (records.hasNext() && !problems.isFull()) {
            CSVRecord record = records.next();
            long line = parser.getCurrentLineNumber();
            try {
                rows.add(rowOf(record, line, columns));
            } catch (InvalidRow e) {
                badRows++;
                problems.add(file, line, e.getMessage());
            }
        }
        return rows;
    }

    private Optional<HourlySeries> seriesOf(LabelledLoads rows, CsvColumns columns) {
        if (!rows.hasLoads()) {
            if (badRows == 0) {
                problems.add(file, "has no row with a load; it needs at least one");
            }
            return Optional.empty();
        }
        return Optional.of(rows.toSeries(file, columns.region(), format.civilCalendar(), problems));
    }

    private Row rowOf(CSVRecord record, long line, CsvColumns columns) throws InvalidRow {
        if (record.size() < columns.width()) {
            throw new InvalidRow("row has " + record.size() + " columns where the header has a load in column "
                    + (columns.load() + 1) + " and a time in column " + (columns.time() + 1)
                    + "; complete or delete it");
        }
        String label = record.get(columns.time());
        return new Row(line, label, hoursOf(label), loadOf(record.get(columns.load())));
    }

    private Hours hoursOf(String label) throws InvalidRow {
        Hours hours;
        try {
            hours = resolver.resolve(Timestamps.parse(label));
        } catch (DateTimeException e) {
            throw new InvalidRow("time '" + label + "' is not a date and time (" + e.getMessage() + "); write "
                    + Timestamps.FORMATS);
        }
        if (hours.equals(Hours.SKIPPED)) {
            throw new InvalidRow(
                    "time " + label + " does not exist in " + format.zone()
                            + ", whose clocks jump over the hour that it labels; check --zone and --label, or write times in UTC with Z");
        }
        if (hours.isNone()) {
            throw new InvalidRow(
                    "time " + label + " does not label a whole hour of UTC; check --zone, or resample to whole hours");
        }
        if (hours.first() < 0 || hours.last() > LAST_HOUR) {
            throw new InvalidRow("time " + label + " is not in 1970 to 2099; correct it");
        }
        return hours;
    }

    private static float loadOf(String text) throws InvalidRow {
        if (text.isEmpty()) {
            return Float.NaN;
        }
        float loadMw;
        try {
            loadMw = Float.parseFloat(text);
        } catch (NumberFormatException e) {
            loadMw = Float.NaN;
        }
        if (!Float.isFinite(loadMw)) {
            throw new InvalidRow(
                    "load '" + text + "' is not a number; write MW with a decimal point, or leave it blank");
        }
        if (loadMw < 0) {
            throw new InvalidRow("load " + text + " MW is negative; correct it, or leave it blank");
        }
        if (loadMw > Reading.LARGEST_LOAD_MW) {
            throw new InvalidRow("load " + text + " MW is more than any grid's; write MW, or leave it blank");
        }
        return loadMw;
    }

    private static String unreadable(IOException e) {
        if (e instanceof CharacterCodingException) {
            return "is not UTF-8 text; convert it";
        }
        return e instanceof CSVException
                ? "is not well-formed CSV (" + e.getMessage() + "); check its quotes"
                : "cannot be read (" + e.getMessage() + "); check the path and its permissions";
    }

    /** A row that cannot be used; the message completes "file:line: …". */
    private static final class InvalidRow extends Exception {
        private static final long serialVersionUID = 1L;
        private final String problem;

        InvalidRow(String problem) {
            super(problem, null, false, false); // a file of bad rows needs no stack traces
            this.problem = problem;
        }

        @Override
        public String getMessage() {
            return problem;
        }
    }
}
