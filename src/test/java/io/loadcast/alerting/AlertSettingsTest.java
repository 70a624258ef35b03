package io.loadcast.alerting;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.loadcast.domain.Region;
import io.loadcast.forecasting.AlertKind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class AlertSettingsTest {

    @Test
    void aRegionDiffersInWhatItSaysAndIsAsAllOthersInTheRest() {
        // when
        AlertSettings settings = AlertSettings.of(Map.of(
                "outside-interval.hours", "7",
                "regions.A.B.outside-interval.far", "20",
                "regions.PJM_Load.peak-above.mw", "60000.5"));

        // then
        assertThat(settings.rulesOf(new Region("A.B")).ofHours()).contains(new OutsideInterval(7, 1.5, 20, 6));
        assertThat(settings.rulesOf(new Region("PJM_Load")).ofHours())
                .contains(new OutsideInterval(7, 1.5, 8, 6), new PeakAbove(60000.5, 0.02, 2, 6));
        assertThat(settings.rulesOf(new Region("pjm_load")).ofHours()).contains(new SwitchedOff(AlertKind.PEAK_ABOVE));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "outside-interval.hour          | 5     | loadcast.alerts.outside-interval.hour is unknown",
                "regions.outside-interval.hours | 5     | regions.outside-interval.hours is unknown",
                "regions.AEP.flatline           | true  | regions.AEP.flatline is unknown",
                "regions.AEP.dead-letters.share | 0.1   | is of no region; set loadcast.alerts.dead-letters.share",
                "outside-interval.hours         | 5.5   | is '5.5'; write a whole number from 1 to 168",
                "outside-interval.far           | wide  | is 'wide'; write a number from 1 to 999",
                "outside-interval.far           | 1.2   | is 1.2; at least outside-interval.beyond, 1.5",
                "outside-interval.far           | NaN   | is NaN; from 1 to 999",
                "coverage-lost.below-pct        | 90    | is 90; from 0 to 80",
                "fallback-in-use.hours          | 0     | is 0; from 1 to 168",
                "flatline.enabled               | yes   | is 'yes'; write true or false",
                "regions.AEP.flatline.enabled   | on    | regions.AEP.flatline.enabled is 'on'; write true or false"
            })
    void whatIsWrongIsNamedWithItsRemedy(String name, String value, String message) {
        assertThatThrownBy(() -> AlertSettings.of(Map.of(name, value)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("setting loadcast.alerts.")
                .hasMessageContaining(message);
    }

    @Test
    void rulesThatLookAtWhatIsNotScoredAreNamed() {
        // given
        AlertSettings settings = AlertSettings.of(Map.of("model-drift.lead-hours", "6"));

        // then
        assertThat(settings.unscored(List.of(1, 6, 24))).isEmpty();
        assertThat(settings.unscored(List.of(1, 24))).get().asString().contains("{model-drift=6}");
        assertThat(settings.unscored(List.of()))
                .get()
                .asString()
                .contains("{coverage-lost=24, model-drift=6, outside-interval=1}")
                .contains("loadcast.accuracy.lead-hours");
        assertThat(AlertSettings.OFF.unscored(List.of())).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(AlertSetting.class)
    void theDocumentHasEverySettingWithItsDefault(AlertSetting setting) throws IOException {
        assertThat(Files.readString(Path.of("docs/alerts.md")))
                .contains("| `" + setting.key() + "` | " + setting.defaultText() + " |");
    }
}
