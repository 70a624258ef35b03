package io.loadcast.dataset;

import io.loadcast.domain.CivilCalendar;
import io.loadcast.domain.Region;
import java.nio.file.Path;
import java.time.ZoneId;
import java.time.ZoneOffset;
import org.jspecify.annotations.Nullable;

/**
 * How a CSV file of hourly loads is to be read.
 *
 * @param label which edge of the hour the file's times name
 * @param civilCalendar the region's; its zone is also that of times without an offset
 * @param timeColumn header of the time column; null finds it by its usual names
 * @param loadColumn header of the load column, in MW; null finds it by its usual names
 * @param region the region; null takes it from the load column ({@code AEP_MW}) or the file ({@code AEP_hourly.csv})
 */
public record CsvFormat(
        HourLabel label,
        CivilCalendar civilCalendar,
        @Nullable String timeColumn,
        @Nullable String loadColumn,
        @Nullable Region region) {

    /** The public PJM hourly files: hour-ending labels in New York time. Without holidays. */
    public static final CsvFormat PJM = of(HourLabel.END, ZoneId.of("America/New_York"));

    /** Hour-starting labels in UTC, or with an offset of their own. Without holidays. */
    public static final CsvFormat UTC = of(HourLabel.START, ZoneOffset.UTC);

    private static final String PJM_SUFFIX = "_hourly.csv";

    /** The format that the names suggest: {@code AEP_hourly.csv} is a {@link #PJM} file, any other is read as {@link #UTC}. */
    public static CsvFormat suggestedBy(Path fileOrDirectory) {
        return HourlyCsv.filesIn(fileOrDirectory).stream()
                        .allMatch(file -> file.toString().endsWith(PJM_SUFFIX))
                ? PJM
                : UTC;
    }

    /** A format without holidays that finds columns and region by itself. */
    public static CsvFormat of(HourLabel label, ZoneId zone) {
        return new CsvFormat(label, CivilCalendar.withoutHolidays(zone), null, null, null);
    }

    /** The zone of the civil calendar. */
    public ZoneId zone() {
        return civilCalendar.zone();
    }
}
