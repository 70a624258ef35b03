package io.loadcast.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import io.loadcast.domain.EpochHour;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
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
            List<String> rows = rows(first, 48, ZoneId.of(zone), label);

            // when
            HourlySeries series = read(rows, zone, label);

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

    /** Zones and what a year of theirs holds: doubled labels that start a whole UTC hour twice. */
    private static final String ZONES = """
        America/New_York,    1
        Europe/Berlin,       1
        Australia/Melbourne, 1
        Australia/Lord_Howe, 0
        Asia/Kolkata,        0
        Asia/Kathmandu,      0
        """;

    private static final long YEAR_2021 = EpochHour.containing(Instant.parse("2021-01-01T00:00:00Z"));

    @ParameterizedTest(name = "{0}")
    @CsvSource(textBlock = ZONES)
    void aYearComesBackFromItsLocalLabelsWhicheverEdgeTheyNameAndWhicheverRowIsFirst(String zone) throws IOException {
        for (HourLabel label : HourLabel.values()) {
            // given
            List<String> oldestFirst = rows(YEAR_2021, 8760, ZoneId.of(zone), label);
            List<String> newestFirst = new ArrayList<>(oldestFirst);
            Collections.reverse(newestFirst);

            for (List<String> rows : List.of(oldestFirst, newestFirst)) {
                // when
                HourlySeries series = read(rows, zone, label);

                // then
                assertThat(series.firstEpochHour()).isEqualTo(YEAR_2021);
                assertThat(series.hours()).isEqualTo(8760);
                for (int i = 0; i < 8760; i++) {
                    assertThat(series.loadMw(i)).as("%s hour %d", label, i).isEqualTo(i);
                }
            }
        }
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(textBlock = ZONES)
    void aYearThatShowsEveryLabelOnceIsRefusedWithOneSentenceForEachHourThatCannotBeTold(String zone, int doubled)
            throws IOException {
        for (HourLabel label : HourLabel.values()) {
            // given
            LinkedHashSet<String> labels = new LinkedHashSet<>();
            for (long hour = YEAR_2021; hour < YEAR_2021 + 8760; hour++) {
                labels.add(labelOf(hour, ZoneId.of(zone), label));
            }
            List<String> rows = labels.stream().map(one -> one + ",1").toList();
            assertThat(rows).hasSize(8760 - doubled);

            // when, then
            if (doubled == 0) {
                assertThat(read(rows, zone, label).presentHours()).isEqualTo(8760);
            } else {
                assertThatThrownBy(() -> read(rows, zone, label))
                        .asInstanceOf(type(DatasetException.class))
                        .extracting(DatasetException::problems)
                        .satisfies(problems -> assertThat(problems)
                                .singleElement()
                                .asString()
                                .contains("stands once, but clocks in " + zone + " show it for two hours"));
            }
        }
    }

    @Test
    void aLabelThatStandsOnceNamesBothHoursAndTheRemedy() {
        assertThatThrownBy(() -> readNewYork("2015-11-01 00:00,1", "2015-11-01 01:00,2", "2015-11-01 02:00,4"))
                .hasMessage(directory.resolve("region.csv")
                        + ":3: time 2015-11-01 01:00 stands once, but clocks in America/New_York show it for two hours, which start"
                        + " at 2015-11-01T05:00:00Z and 2015-11-01T06:00:00Z; write both rows in the order of the file,"
                        + " with a blank load for an hour that has none, or write the time with its offset");
    }

    @Test
    void aBlankRowTellsWhichOfTheTwoHoursTheOtherRowIs() throws IOException {
        assertThat(readNewYork("2015-11-01 00:00,1", "2015-11-01 01:00,2", "2015-11-01 01:00,", "2015-11-01 02:00,4")
                        .loadMw())
                .containsExactly(1, 2, Float.NaN, 4);
        assertThat(readNewYork("2015-11-01 00:00,1", "2015-11-01 01:00,", "2015-11-01 01:00,3", "2015-11-01 02:00,4")
                        .loadMw())
                .containsExactly(1, Float.NaN, 3, 4);
    }

    @Test
    void aDoubledLabelWithoutALoadIsTwoMissingHours() throws IOException {
        assertThat(readNewYork("2015-11-01 00:00,1", "2015-11-01 01:00,", "2015-11-01 02:00,4")
                        .loadMw())
                .containsExactly(1, Float.NaN, Float.NaN, 4);
    }

    @ParameterizedTest
    @CsvSource({
        "2015-11-01T01:00-04:00, 2015-11-01 01:00", // the offset says which; the other is what is left
        "2015-11-01 01:00, 2015-11-01T01:00-05:00",
    })
    void anOffsetTellsWhichHourALabelIs(String earlier, String later) throws IOException {
        // given rows in either order
        String[] rows = {"2015-11-01 00:00,1", earlier + ",2", later + ",3", "2015-11-01 02:00,4"};
        String[] swapped = {rows[0], rows[2], rows[1], rows[3]};

        // when, then
        assertThat(readNewYork(rows).loadMw()).containsExactly(1, 2, 3, 4);
        assertThat(readNewYork(swapped).loadMw()).containsExactly(1, 2, 3, 4);
    }

    @Test
    void rowsOfADoubledLabelThatStandApartAreRefusedAsTheirOrderSaysNothing() {
        assertThatThrownBy(() -> readNewYork(
                        "2015-11-01 01:00,2", "2015-11-01 00:00,1", "2015-11-01 02:00,4", "2015-11-01 01:00,3"))
                .hasMessage(directory.resolve("region.csv")
                        + ":5: time 2015-11-01 01:00 also stands in line 2, with other rows between, so nothing tells which of"
                        + " the two hours is the earlier; sort the file by time, or write times with their offset");
    }

    @Test
    void labelsOfTheEndByTheClockOfTheEndAreRefusedAtBothChanges() {
        for (String change : List.of("2015-03-08T07:00:00Z", "2015-11-01T06:00:00Z")) {
            // given the same load in all hours, so that no two rows contradict each other
            long first = EpochHour.containing(Instant.parse(change)) - 12;
            ZoneId zone = ZoneId.of("America/New_York");
            List<String> rows = new ArrayList<>();
            for (long hour = first; hour < first + 24; hour++) {
                rows.add(LABEL.format(startOf(hour + 1, zone)) + ",7");
            }

            // when, then
            assertThatThrownBy(() -> read(rows, zone.getId(), HourLabel.END)).isInstanceOf(DatasetException.class);
        }
    }

    private HourlySeries readNewYork(String... rows) throws IOException {
        return read(List.of(rows), "America/New_York", HourLabel.START);
    }

    private HourlySeries read(List<String> rows, String zone, HourLabel label) throws IOException {
        Path file = Files.writeString(directory.resolve("region.csv"), "time,load\n" + String.join("\n", rows) + "\n");
        return HourlyCsv.read(file, CsvFormat.of(label, ZoneId.of(zone))).get(0);
    }

    /** Loads that count the hours from 0. */
    private static List<String> rows(long first, int hours, ZoneId zone, HourLabel label) {
        List<String> rows = new ArrayList<>();
        for (int i = 0; i < hours; i++) {
            rows.add(labelOf(first + i, zone, label) + "," + i);
        }
        return rows;
    }

    private static String labelOf(long epochHour, ZoneId zone, HourLabel label) {
        return LABEL.format(startOf(epochHour, zone).plusHours(label.hoursAfterStart()));
    }

    private static LocalDateTime startOf(long epochHour, ZoneId zone) {
        return LocalDateTime.ofInstant(EpochHour.start(epochHour), zone);
    }
}
