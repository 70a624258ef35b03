package io.loadcast.cli;

import io.loadcast.dataset.CsvFormat;
import io.loadcast.dataset.HourLabel;
import io.loadcast.domain.CivilCalendar;
import io.loadcast.domain.HolidayCalendar;
import io.loadcast.domain.Region;
import io.loadcast.holidays.PublicHolidays;
import java.nio.file.Path;
import java.time.ZoneId;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options that say how CSV files are to be read; a mixin of every command that reads some. */
final class CsvOptions {
    @Option(
            names = "--label",
            converter = OptionTypes.ToHourLabel.class,
            paramLabel = "start|end",
            description = "Which edge of its hour a time names (default: start; end for files named *_hourly.csv).")
    private @Nullable HourLabel label;

    @Option(
            names = "--zone",
            converter = OptionTypes.ToZone.class,
            paramLabel = "ZONE",
            description = "Civil time of the region, and of times without an offset (default: UTC; "
                    + "America/New_York for files named *_hourly.csv, which are PJM's).")
    private @Nullable ZoneId zone;

    @Option(
            names = "--holidays",
            converter = OptionTypes.ToHolidays.class,
            paramLabel = "CODE",
            description =
                    "Public holidays of the region, for models that look at them; readings carry none. A country, "
                            + "with a subdivision or without, such as us, us-pa or de-by; or none (default: none; us for files "
                            + "named *_hourly.csv, which are PJM's).")
    private @Nullable HolidayCalendar holidays;

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

    /** As the options say; where they do not, as the files' names suggest. */
    CsvFormat formatOf(Path csv) {
        CsvFormat suggested = CsvFormat.suggestedBy(csv);
        return new CsvFormat(
                label == null ? suggested.label() : label,
                new CivilCalendar(
                        zone == null ? suggested.zone() : zone, holidays == null ? holidaysOf(suggested) : holidays),
                timeColumn,
                loadColumn,
                region);
    }

    private static HolidayCalendar holidaysOf(CsvFormat suggested) {
        return PublicHolidays.of(suggested.equals(CsvFormat.PJM) ? "us" : "none");
    }
}
