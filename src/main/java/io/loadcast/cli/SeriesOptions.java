package io.loadcast.cli;

import io.loadcast.dataset.CsvFormat;
import io.loadcast.dataset.HourLabel;
import io.loadcast.dataset.HourlyCsv;
import io.loadcast.dataset.HourlySeries;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.List;
import picocli.CommandLine.Option;

/** The options of commands that read hourly loads from CSV files. */
final class SeriesOptions {
    @Option(
            names = "--csv",
            required = true,
            paramLabel = "PATH",
            description = "A CSV file of hourly loads, or a directory of them; one region a file.")
    private Path csv = Path.of(".");

    @Option(
            names = "--zone",
            paramLabel = "ZONE",
            defaultValue = "America/New_York",
            description = "IANA time zone of times without an offset (default: ${DEFAULT-VALUE}).")
    private ZoneId zone = ZoneId.of("America/New_York");

    @Option(
            names = "--label",
            paramLabel = "EDGE",
            defaultValue = "end",
            description = "Which edge of the hour the times name: start or end (default: ${DEFAULT-VALUE}).")
    private HourLabel label = HourLabel.END;

    List<HourlySeries> read() {
        return HourlyCsv.read(csv, CsvFormat.of(label, zone));
    }
}
