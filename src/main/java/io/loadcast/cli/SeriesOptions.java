package io.loadcast.cli;

import io.loadcast.dataset.HourlyCsv;
import io.loadcast.dataset.HourlySeries;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The options of commands that cannot do without hourly loads from CSV files. */
@SuppressWarnings("NullAway.Init") // picocli fills what has no initial value
final class SeriesOptions {
    @Option(
            names = "--csv",
            required = true,
            paramLabel = "FILE|DIR",
            description = "One region's hourly loads, or a directory of such files.")
    private Path csv;

    @Mixin
    private CsvOptions options;

    List<HourlySeries> read() {
        return HourlyCsv.read(csv, options.formatOf(csv));
    }
}
