package io.loadcast.cli;

import io.loadcast.dataset.CsvFormat;
import io.loadcast.dataset.HourLabel;
import io.loadcast.domain.Region;
import java.time.ZoneId;
import java.time.ZoneOffset;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options that say how CSV files are to be read; a mixin of every command that reads some. */
final class CsvOptions {
    @Option(
            names = "--label",
            converter = OptionTypes.ToHourLabel.class,
            paramLabel = "start|end",
            description = "Which edge of its hour a time names (default: start; PJM's files: end).")
    private HourLabel label = HourLabel.START;

    @Option(
            names = "--zone",
            converter = OptionTypes.ToZone.class,
            paramLabel = "ZONE",
            description = "Civil time of the region, and of times without an offset (default: UTC).")
    private ZoneId zone = ZoneOffset.UTC;

    @Option(
            names = "--time-column",
            paramLabel = "NAME",
            description = "Column of the times (default: the one with a usual name, such as Datetime).")
    private @Nullable String timeColumn;

    @Option(
            names = "--load-column",
            paramLabel = "NAME",
            description = "Column of the loads in MW (default: the one with a usual name, such as AEP_MW).")
    private @Nullable String loadColumn;

    @Option(
            names = "--region",
            converter = OptionTypes.ToRegion.class,
            paramLabel = "NAME",
            description = "Region of a single file (default: what its load column, AEP_MW, or else its name says).")
    private @Nullable Region region;

    CsvFormat format() {
        return new CsvFormat(label, zone, timeColumn, loadColumn, region);
    }
}
