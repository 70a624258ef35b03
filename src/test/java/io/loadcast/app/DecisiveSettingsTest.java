package io.loadcast.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DecisiveSettingsTest {
    @TempDir
    Path directory;

    @Test
    void areThoseInForceWhetherOrNotSomebodyHasSetThem() throws IOException {
        // given
        Path file = Files.writeString(directory.resolve("loadcast.yml"), """
                loadcast:
                  default-zone: Europe/Berlin
                  regions: { PJM_Load: { holidays: us } }
                  topics: { forecasts: my.forecasts }
                """);

        // when
        DecisiveSettings settings =
                DecisiveSettings.of(Map.of("loadcast.max-jump-hours", 12, "loadcast.device", "cpu"), Optional.of(file));

        // then
        assertThat(settings.values())
                .containsEntry("loadcast.default-zone", "Europe/Berlin")
                .containsEntry("loadcast.default-holidays", "none")
                .containsEntry("loadcast.regions.PJM_Load.holidays", "us")
                .containsEntry("loadcast.max-jump-hours", "12")
                .containsEntry("loadcast.imputation.max-share", "0.1")
                .containsEntry("loadcast.accuracy.lead-hours", "1,24")
                .doesNotContainKey("loadcast.device");
        assertThat(settings.topics().forecasts()).isEqualTo("my.forecasts");
    }

    @ParameterizedTest
    @CsvSource({
        "loadcast.nope, 1, setting loadcast.nope is unknown",
        "loadcast.backlog-hours, 0, setting loadcast.backlog-hours is 0",
        "loadcast.default-zone, Nowhere, which is no time zone",
        "loadcast.alerts.flatline.hours, 0, loadcast.alerts.flatline.hours",
    })
    void oneThatIsWrongIsNamed(String name, String value, String told) {
        assertThatThrownBy(() -> DecisiveSettings.of(Map.of(name, value), Optional.empty()))
                .isInstanceOf(InvalidSettingException.class)
                .hasMessageContaining(told);
    }
}
