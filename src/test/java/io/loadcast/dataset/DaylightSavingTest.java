package io.loadcast.dataset;

import static org.assertj.core.api.Assertions.assertThat;

import io.loadcast.domain.EpochHour;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Random;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Local labels become the right UTC hours on the days when clocks change. */
class DaylightSavingTest {
    private static final DateTimeFormatter LABEL = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss");

    @TempDir
    Path directory;

    @ParameterizedTest(name = "{0}, around {1}")
    @CsvSource({
        "America/New_York,    2015-03-08T07:00:00Z", // spring, 02:00 becomes 03:00
        "America/New_York,    2015-11-01T06:00:00Z", // autumn, 02:00 becomes 01:00
        "Europe/Berlin,       2021-03-28T01:00:00Z",
        "Europe/Berlin,       2021-10-31T01:00:00Z",
        "Australia/Melbourne, 2021-10-02T16:00:00Z",
        "Australia/Melbourne, 2021-04-03T16:00:00Z",
        "Australia/Lord_Howe, 2021-10-02T15:30:00Z", // clocks move by 30 minutes
        "Australia/Lord_Howe, 2021-04-03T15:00:00Z",
    })
    void everyHourComesBackFromItsLocalLabel(String zone, Instant change) throws IOException {
        for (HourLabel label : HourLabel.values()) {
            // given two days of UTC hours around the change, written as a local clock would label them
            long first = EpochHour.containing(change) - 24;
            Path file = write(first, 48, ZoneId.of(zone), label);

            // when
            HourlySeries series =
                    HourlyCsv.read(file, CsvFormat.of(label, ZoneId.of(zone))).get(0);

            // then
            assertThat(series.firstEpochHour()).isEqualTo(first);
            assertThat(series.hours()).isEqualTo(48);
            for (int i = 0; i < 48; i++) {
                assertThat(series.loadMw(i)).as("%s hour %d", label, i).isEqualTo(i);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void rowOrderDoesNotMatterButOfTheDoubledHour(long seed) throws IOException {
        // given a year in random order, without the hour whose label is ambiguous
        System.out.println("seed " + seed);
        ZoneId zone = ZoneId.of("America/New_York");
        StringBuilder csv = new StringBuilder("time,load\n");
        long first = EpochHour.containing(Instant.parse("2015-01-01T05:00:00Z"));
        new Random(seed)
                .ints(0, 8760)
                .distinct()
                .limit(8760)
                .filter(i -> !startOf(first + i, zone).equals(LocalDateTime.parse("2015-11-01T01:00")))
                .forEach(i -> csv.append(labelOf(first + i, zone, HourLabel.END))
                        .append(',')
                        .append(i)
                        .append('\n'));
        Path file = Files.writeString(directory.resolve("shuffled.csv"), csv);

        // when
        HourlySeries series = HourlyCsv.read(file, CsvFormat.PJM).get(0);

        // then
        assertThat(series.hours() - series.presentHours()).isEqualTo(2);
        for (int i = 0; i < series.hours(); i++) {
            assertThat(series.loadMw(i)).isIn((float) i, Float.NaN);
        }
    }

    private Path write(long first, int hours, ZoneId zone, HourLabel label) throws IOException {
        StringBuilder csv = new StringBuilder("time,load\n");
        for (int i = 0; i < hours; i++) {
            csv.append(labelOf(first + i, zone, label)).append(',').append(i).append('\n');
        }
        return Files.writeString(directory.resolve("region.csv"), csv);
    }

    private static String labelOf(long epochHour, ZoneId zone, HourLabel label) {
        return LABEL.format(startOf(epochHour, zone).plusHours(label.hoursAfterStart()));
    }

    private static LocalDateTime startOf(long epochHour, ZoneId zone) {
        return LocalDateTime.ofInstant(EpochHour.start(epochHour), zone);
    }
}
