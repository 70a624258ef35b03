package io.loadcast.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.loadcast.domain.CivilCalendar;
import io.loadcast.domain.Region;
import io.loadcast.domain.RegionCalendars;
import io.loadcast.holidays.PublicHolidays;
import io.micronaut.configuration.kafka.streams.ConfiguredStreamBuilder;
import io.micronaut.context.ApplicationContext;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LoadcastSettingsTest {
    @TempDir
    Path directory;

    private static ApplicationContext context(Map<String, Object> settings, Optional<Path> file) {
        Map<String, Object> all = new HashMap<>(settings);
        all.put("kafka.enabled", false);
        return LoadcastServer.contextOf(all, file).start();
    }

    @Test
    void regionsKeepTheSpellingOfTheirNames() {
        // given
        Map<String, Object> properties = Map.of(
                "loadcast.default-zone", "Europe/Berlin",
                "loadcast.regions.PJM_Load.zone", "America/New_York",
                "loadcast.regions.süd.zone", "Europe/Vienna");

        try (ApplicationContext context = context(properties, Optional.empty())) {
            // when
            RegionCalendars calendars = context.getBean(LoadcastSettings.class).civilCalendars();

            // then
            assertThat(calendars.of(new Region("PJM_Load")).zone()).isEqualTo(ZoneId.of("America/New_York"));
            assertThat(calendars.of(new Region("süd")).zone()).isEqualTo(ZoneId.of("Europe/Vienna"));
            assertThat(calendars.of(new Region("AEP")).zone()).isEqualTo(ZoneId.of("Europe/Berlin"));
        }
    }

    @Test
    void aFileOfSettingsIsRead() throws Exception {
        // given
        Path file = Files.writeString(directory.resolve("grid.yml"), """
                loadcast:
                  default-zone: Europe/Berlin
                  max-imputed-hours: 3
                  backlog-hours: 40
                  regions:
                    AEP: { zone: America/New_York }
                    PJM_Load: { zone: America/Chicago }
                  topics: { partitions: 12, replication-factor: 3 }
                """);

        try (ApplicationContext context = context(Map.of("loadcast.backlog-hours", 30), Optional.of(file))) {
            // when
            LoadcastSettings settings = context.getBean(LoadcastSettings.class);

            // then
            assertThat(settings.maxImputedHours()).isEqualTo(3);
            assertThat(settings.backlogHours())
                    .as("options come before the file")
                    .isEqualTo(30);
            assertThat(settings.topics().partitions()).isEqualTo(12);
            assertThat(settings.topics().replicationFactor()).contains((short) 3);
            assertThat(settings.civilCalendars().of(new Region("AEP")).zone()).isEqualTo(ZoneId.of("America/New_York"));
            assertThat(settings.civilCalendars().of(new Region("PJM_Load")).zone())
                    .isEqualTo(ZoneId.of("America/Chicago"));
        }
    }

    @Test
    void aRegionHasByDefaultWhatItDoesNotName() {
        // given
        Map<String, Object> properties = Map.of(
                "loadcast.default-zone", "Europe/Berlin",
                "loadcast.default-holidays", "de",
                "loadcast.regions.Bayern.Nord.holidays", "de-by",
                "loadcast.regions.AEP.zone", "America/New_York",
                "loadcast.regions.AEP.holidays", "us",
                "loadcast.regions.Elsass.zone", "Europe/Paris");

        try (ApplicationContext context = context(properties, Optional.empty())) {
            // when
            RegionCalendars calendars = context.getBean(LoadcastSettings.class).civilCalendars();

            // then
            assertThat(calendars.of(new Region("Hessen"))).isEqualTo(calendar("Europe/Berlin", "de"));
            assertThat(calendars.of(new Region("Bayern.Nord"))).isEqualTo(calendar("Europe/Berlin", "de-by"));
            assertThat(calendars.of(new Region("AEP"))).isEqualTo(calendar("America/New_York", "us"));
            assertThat(calendars.of(new Region("Elsass"))).isEqualTo(calendar("Europe/Paris", "de"));
        }
    }

    @Test
    void regionsHaveUtcAndNoHolidaysUnlessToldOtherwise() {
        try (ApplicationContext context = context(Map.of(), Optional.empty())) {
            RegionCalendars calendars = context.getBean(LoadcastSettings.class).civilCalendars();

            assertThat(calendars.of(new Region("AEP"))).isEqualTo(calendar("UTC", "none"));
        }
    }

    private static CivilCalendar calendar(String zone, String holidays) {
        return new CivilCalendar(ZoneId.of(zone), PublicHolidays.of(holidays));
    }

    @Test
    void aZoneThatIsNoneIsNamed() {
        try (ApplicationContext context = context(Map.of("loadcast.default-zone", "Mars/Olympus"), Optional.empty())) {
            LoadcastSettings settings = context.getBean(LoadcastSettings.class);

            assertThatThrownBy(settings::civilCalendars)
                    .hasMessageContaining("loadcast.default-zone")
                    .hasMessageContaining("Mars");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "loadcast.bogus, 1, loadcast.bogus is unknown",
        "loadcast.topics.partitions, many, 'many'; write a whole number",
        "loadcast.topics.partitions, 0, loadcast.topics.partitions is 0",
        "loadcast.max-imputed-hours, -5, loadcast.max-imputed-hours is -5",
        "loadcast.regions.AEP.zoom, x, loadcast.regions.AEP.zoom is no setting",
        "loadcast.default-holidays, uk, 'loadcast.default-holidays: ''uk'' names no country'",
        "loadcast.regions.AEP.holidays, us-zz, 'loadcast.regions.AEP.holidays: ''us-zz'' names no subdivision'",
    })
    void aSettingThatIsWrongStopsTheStart(String name, String value, String message) {
        // given
        Map<String, Object> settings = Map.of("kafka.bootstrap.servers", "127.0.0.1:9", name, value);

        // then
        assertThatThrownBy(() -> LoadcastServer.start(settings, Optional.empty()))
                .hasMessageContaining(message);
    }

    @Test
    void aNameThatAFileMisspellsIsTold() throws Exception {
        // given
        Path file = Files.writeString(directory.resolve("grid.yml"), "loadcast: { topics: { partition: 3 } }");

        // then
        assertThatThrownBy(() -> LoadcastServer.start(Map.of(), Optional.of(file)))
                .hasMessageContaining("loadcast.topics.partition is unknown");
    }

    @Test
    void kafkaPropertiesReachTheTopology() throws Exception {
        // given
        Path file = Files.writeString(directory.resolve("kafka.yml"), """
                kafka:
                  max.poll.records: 77
                  streams:
                    default:
                      num.stream.threads: 3
                """);
        Map<String, Object> settings = Map.of(
                "kafka.bootstrap.servers", "127.0.0.1:9",
                "kafka.request.timeout.ms", "12345",
                "kafka.streams.default.start-kafka-streams", false);

        try (ApplicationContext context =
                LoadcastServer.contextOf(settings, Optional.of(file)).start()) {
            // when
            Properties topology = context.getBean(ConfiguredStreamBuilder.class).getConfiguration();

            // then
            assertThat(topology)
                    .containsEntry("bootstrap.servers", "127.0.0.1:9")
                    .containsEntry("request.timeout.ms", "12345")
                    .containsEntry("max.poll.records", "77")
                    .containsEntry("num.stream.threads", "3")
                    .containsEntry("processing.guarantee", "exactly_once_v2")
                    .containsEntry("application.id", "loadcast")
                    .containsEntry("producer.max.request.size", "2097152");
        }
    }
}
