package io.loadcast.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import io.loadcast.domain.CivilCalendar;
import io.loadcast.domain.EpochHour;
import io.loadcast.domain.Region;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HourlyCsvTest {
    private static final ZoneId NEW_YORK = ZoneId.of("America/New_York");
    private static final CsvFormat STARTS_IN_NEW_YORK = CsvFormat.of(HourLabel.START, NEW_YORK);

    @TempDir
    Path directory;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "2021-07-01 08:00",
                "2021-07-01 08:00:00",
                "2021-07-01T08:00",
                "2021-07-01T08:00:00",
                "07/01/2021 08:00",
                "2021-07-01T12:00Z",
                "2021-07-01T12:00:00Z",
                "2021-07-01T12:00:00.000Z",
                "2021-07-01T14:00:00+02:00",
                "2021-07-01 05:00:00-07:00",
            })
    void understandsEveryTimeFormat(String time) throws IOException {
        // given
        Path file = file("a.csv", "time,load_mw", time + ",42.5");

        // when
        HourlySeries series = read(file).get(0);

        // then
        assertThat(EpochHour.start(series.firstEpochHour())).isEqualTo(Instant.parse("2021-07-01T12:00:00Z"));
        assertThat(series.loadMw()).containsExactly(42.5f);
        assertThat(series.zone()).isEqualTo(NEW_YORK);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "AEP_hourly.csv | Datetime,AEP_MW | AEP",
                "PJM_Load_hourly.csv | Datetime,PJM_Load_MW | PJM_Load",
                "north.csv | timestamp,load_mw | north",
                "north_hourly.csv | Time,MW | north",
                "x.csv | valid_time,Demand of Bavaria | x",
            })
    void takesTheRegionFromColumnOrFile(String name, String header, String region) throws IOException {
        // given
        Path file = file(name, header, "2021-07-01 08:00,1");

        // when
        List<HourlySeries> all = read(file);

        // then
        assertThat(all).extracting(HourlySeries::region).containsExactly(new Region(region));
    }

    @Test
    void takesNamedColumnsAndRegionOverDetectedOnes() throws IOException {
        // given
        Path file = file("a.csv", "Datetime,begin,A_MW,B_MW", "x,2021-07-01 08:00,1,2");
        CsvFormat format = new CsvFormat(
                HourLabel.START, CivilCalendar.withoutHolidays(NEW_YORK), "begin", "B_MW", new Region("bee"));

        // when
        HourlySeries series = HourlyCsv.read(file, format).get(0);

        // then
        assertThat(series.region()).isEqualTo(new Region("bee"));
        assertThat(series.loadMw()).containsExactly(2f);
    }

    @Test
    void leavesGapsAndBlankLoadsMissing() throws IOException {
        // given
        Path file = file("a.csv", "time,load", "2021-07-01 08:00,1", "2021-07-01 09:00,", "2021-07-01 11:00,4");

        // when
        HourlySeries series = read(file).get(0);

        // then
        assertThat(series.loadMw()).containsExactly(1f, Float.NaN, Float.NaN, 4f);
        assertThat(series.presentHours()).isEqualTo(2);
        assertThat(series.present().loadMw()).containsExactly(1f, 4f);
        assertThat(series.present().epochHour(1)).isEqualTo(series.firstEpochHour() + 3);
    }

    @Test
    void takesTheLowerRowOfADoubledLabelAsTheEarlierHourWhenTheFileIsNewestFirst() throws IOException {
        // given
        Path file = file(
                "a.csv",
                "time,load",
                "2015-11-01 02:00,4",
                "2015-11-01 01:00,3",
                "2015-11-01 01:00,2",
                "2015-11-01 00:00,1");

        // when
        HourlySeries series = read(file).get(0);

        // then
        assertThat(series.loadMw()).containsExactly(1f, 2f, 3f, 4f);
    }

    @Test
    void readsTheFilesOfADirectoryByName() throws IOException {
        // given
        file("b.csv", "time,load", "2021-07-01 08:00,1");
        file("a.CSV", "time,load", "2021-07-01 08:00,1");
        file("README.md", "not data");

        // when
        List<HourlySeries> all = read(directory);

        // then
        assertThat(all).extracting(series -> series.region().name()).containsExactly("a", "b");
    }

    @Test
    void acceptsARepeatedRowWithTheSameLoad() throws IOException {
        // given
        Path file = file("a.csv", "time,load", "2021-07-01 08:00,1", "2021-07-01 08:00,1.0");

        // when
        HourlySeries series = read(file).get(0);

        // then
        assertThat(series.loadMw()).containsExactly(1f);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "2021-07-01 08:00,much | load 'much' is not a number; write MW with a decimal point, or leave it blank",
                "2021-07-01 08:00,NaN | load 'NaN' is not a number; write MW with a decimal point, or leave it blank",
                "2021-07-01 08:00,-3 | load -3 MW is negative; correct it, or leave it blank",
                "2021-07-01 08:00,2e9 | load 2e9 MW is more than any grid's; write MW, or leave it blank",
                "2021-07-01 8:00,1 | time '2021-07-01 8:00' is not a date and time",
                "2021-02-30 08:00,1 | time '2021-02-30 08:00' is not a date and time (Invalid date 'FEBRUARY 30')",
                "2021-03-14 02:00,1 | time 2021-03-14 02:00 does not exist in America/New_York, whose clocks jump over",
                "2021-07-01 08:15,1 | time 2021-07-01 08:15 does not label a whole hour of UTC",
                "1821-07-01T08:00Z,1 | time 1821-07-01T08:00Z is not in 1970 to 2099",
                "2021-07-01 08:00 | row has 1 columns where the header has a load in column 2",
            })
    void namesLineValueAndRemedyOfABadRow(String row, String problem) throws IOException {
        // given
        Path file = file("a.csv", "time,load", "2021-07-01 07:00,1", row);

        // when, then
        assertThatThrownBy(() -> read(file))
                .isInstanceOf(DatasetException.class)
                .hasMessageStartingWith(file + ":3: " + problem);
    }

    @Test
    void refusesTwoLoadsForOneHour() throws IOException {
        // given
        Path file = file("a.csv", "time,load", "2021-07-01 08:00,1", "2021-07-01 08:00,2");

        // when, then
        assertThatThrownBy(() -> read(file))
                .hasMessage(file + ":3: load 2.0 for 2021-07-01 08:00, but line 2 says 1.0 for the same hour; "
                        + "keep one of the two rows, or check --zone and --label");
    }

    @Test
    void refusesAThirdRowForTheDoubledHour() throws IOException {
        // given
        String label = "2015-11-01 01:00,";
        Path file = file("a.csv", "time,load", label + 1, label + 2, label + 3);

        // when, then
        assertThatThrownBy(() -> read(file))
                .hasMessageStartingWith(file
                        + ":4: time 2015-11-01 01:00 names one of two hours, and both have a row already; "
                        + "clocks were set back once, so keep two rows, the earlier hour first");
    }

    @Test
    void refusesFilesWithoutWhatItNeeds() throws IOException {
        // given
        Path empty = file("empty.csv");
        Path onlyHeader = file("header.csv", "time,load");
        Path noTime = file("notime.csv", "when,load", "2021-07-01 08:00,1");
        Path twoLoads = file("two.csv", "time,A_MW,B_MW", "2021-07-01 08:00,1,2");
        Path latin1 = directory.resolve("latin1.csv");
        Files.write(latin1, "time,Größe\n".getBytes(StandardCharsets.ISO_8859_1));
        Path quotes = file("quotes.csv", "time,load", "\"2021\"x,1");

        // when, then
        assertThatThrownBy(() -> read(empty)).hasMessageContaining("empty.csv: is empty; it needs a header");
        assertThatThrownBy(() -> read(onlyHeader)).hasMessageContaining("has no row with a load");
        assertThatThrownBy(() -> read(noTime))
                .hasMessageContaining("notime.csv:1: no time column among [when, load]: name it with --time-column");
        assertThatThrownBy(() -> read(twoLoads)).hasMessageContaining("more than one load column among");
        assertThatThrownBy(() -> read(latin1)).hasMessageContaining("is not UTF-8 text; convert it");
        assertThatThrownBy(() -> read(quotes)).hasMessageContaining("is not well-formed CSV");
        assertThatThrownBy(() -> read(directory.resolve("none.csv"))).hasMessageContaining("no such file");
        assertThatThrownBy(() -> read(Files.createDirectory(directory.resolve("d"))))
                .hasMessageContaining("has no *.csv file");
    }

    @Test
    void refusesTwoFilesOfOneRegion() throws IOException {
        // given
        file("a.csv", "time,A_MW", "2021-07-01 08:00,1");
        file("b.csv", "time,A_MW", "2021-07-01 09:00,1");

        // when, then
        assertThatThrownBy(() -> read(directory)).hasMessageContaining("region A is also that of");
    }

    @Test
    void listsAtMostTenProblems() throws IOException {
        // given
        String[] lines = new String[50];
        Arrays.fill(lines, "2021-07-01 08:00,bad");
        lines[0] = "time,load";
        Path file = file("a.csv", lines);

        // when, then
        assertThatThrownBy(() -> read(file))
                .asInstanceOf(type(DatasetException.class))
                .extracting(DatasetException::problems)
                .satisfies(problems -> assertThat(problems).hasSize(10));
    }

    @Test
    void ignoresAByteOrderMark() throws IOException {
        // given
        Path file = file("a.csv", "\uFEFFtime,load,note", "2021-07-01 08:00,1,x");

        // when
        HourlySeries series = read(file).get(0);

        // then
        assertThat(series.hours()).isEqualTo(1);
    }

    private static List<HourlySeries> read(Path path) {
        return HourlyCsv.read(path, STARTS_IN_NEW_YORK);
    }

    private Path file(String name, String... lines) throws IOException {
        return Files.write(directory.resolve(name), List.of(lines));
    }
}
