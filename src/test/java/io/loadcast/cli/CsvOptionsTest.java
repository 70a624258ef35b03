package io.loadcast.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.loadcast.domain.CivilCalendar;
import io.loadcast.holidays.PublicHolidays;
import java.nio.file.Path;
import java.time.ZoneId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

class CsvOptionsTest {
    private static final Path PJM = Path.of("AEP_hourly.csv");

    @ParameterizedTest
    @CsvSource({"AEP_hourly.csv, America/New_York, us", "grid.csv, Z, none"})
    void theNamesOfTheFilesSuggestTheCivilCalendar(Path csv, String zone, String holidays) {
        assertThat(civilCalendar(csv)).isEqualTo(new CivilCalendar(ZoneId.of(zone), PublicHolidays.of(holidays)));
    }

    @Test
    void optionsComeBeforeWhatNamesSuggest() {
        assertThat(civilCalendar(PJM, "--zone=Europe/Berlin", "--holidays=de-by"))
                .isEqualTo(new CivilCalendar(ZoneId.of("Europe/Berlin"), PublicHolidays.of("de-by")));
        assertThat(civilCalendar(PJM, "--holidays=none"))
                .isEqualTo(CivilCalendar.withoutHolidays(ZoneId.of("America/New_York")));
    }

    @Test
    void aCodeThatIsUnknownIsToldWithItsOption() {
        assertThatThrownBy(() -> civilCalendar(PJM, "--holidays=uk"))
                .hasMessageContaining("--holidays")
                .hasMessageContaining("'uk' names no country whose holidays are known; use none, or one of ad");
    }

    private static CivilCalendar civilCalendar(Path csv, String... options) {
        return CommandLine.populateCommand(new CsvOptions(), options)
                .formatOf(csv)
                .civilCalendar();
    }
}
