package io.loadcast.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.loadcast.domain.CalendarFeature;
import io.loadcast.domain.CivilCalendar;
import io.loadcast.domain.ImputationLimits;
import io.loadcast.domain.Region;
import io.loadcast.domain.RegionCalendars;
import io.loadcast.forecasting.IntakeRules;
import io.loadcast.forecasting.ModelManifest;
import io.loadcast.forecasting.ScoredLeads;
import io.loadcast.holidays.PublicHolidays;
import io.loadcast.inference.ManifestJson;
import io.loadcast.inference.TestModels;
import io.loadcast.metering.MeteringRules;
import io.loadcast.metering.MissingMeters;
import io.micronaut.configuration.kafka.streams.ConfiguredStreamBuilder;
import io.micronaut.context.ApplicationContext;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import org.apache.kafka.streams.kstream.KStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.slf4j.LoggerFactory;

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
    void alertsAreSetByTheNamesOfRulesAndOfRegionsAsTheyAreSpelled() throws Exception {
        // given
        Path file = Files.writeString(directory.resolve("alerts.yml"), """
                loadcast:
                  alerts:
                    outside-interval: { hours: 7, far: 9.5 }
                    flatline: { enabled: false }
                    regions:
                      PJM_Load: { peak-above: { mw: 60000 } }
                """);

        try (ApplicationContext context =
                context(Map.of("loadcast.alerts.regions.A.B.peak-above.mw", "70"), Optional.of(file))) {
            // when
            LoadcastSettings settings = context.getBean(LoadcastSettings.class);

            // then
            assertThat(settings.alerts())
                    .isEqualTo(Map.of(
                            "outside-interval.hours", "7",
                            "outside-interval.far", "9.5",
                            "flatline.enabled", "false",
                            "regions.PJM_Load.peak-above.mw", "60000",
                            "regions.A.B.peak-above.mw", "70"));
        }
    }

    @Test
    void aFileOfSettingsIsRead() throws Exception {
        // given
        Path file = Files.writeString(directory.resolve("grid.yml"), """
                loadcast:
                  default-zone: Europe/Berlin
                  max-jump-hours: 48
                  imputation: { max-run-hours: 3, max-share: 0.25 }
                  suspect: { spike-factor: 20, flatline-hours: 12 }
                  backlog-hours: 40
                  forecast: { batch-size: 32, linger: 20ms, timeout: 1500ms }
                  accuracy: { lead-hours: [1, 6, 12] }
                  regions:
                    AEP: { zone: America/New_York }
                    PJM_Load: { zone: America/Chicago }
                  topics: { partitions: 12, replication-factor: 3 }
                """);

        try (ApplicationContext context = context(Map.of("loadcast.backlog-hours", 30), Optional.of(file))) {
            // when
            LoadcastSettings settings = context.getBean(LoadcastSettings.class);

            // then
            assertThat(settings.intakeRules()).isEqualTo(new IntakeRules(48, 20, 12));
            assertThat(settings.imputation().limits()).isEqualTo(new ImputationLimits(3, 0.25));
            assertThat(settings.backlogHours())
                    .as("options come before the file")
                    .isEqualTo(30);
            assertThat(settings.forecast().batchSize()).contains(32);
            assertThat(settings.forecast().linger()).isEqualTo(Duration.ofMillis(20));
            assertThat(settings.accuracy().scoredLeads()).isEqualTo(ScoredLeads.of(List.of(1, 6, 12)));
            assertThat(settings.forecast().timeout()).isEqualTo(Duration.ofMillis(1500));
            assertThat(settings.topics().partitions()).isEqualTo(12);
            assertThat(settings.topics().replicationFactor()).contains((short) 3);
            assertThat(settings.civilCalendars().of(new Region("AEP")).zone()).isEqualTo(ZoneId.of("America/New_York"));
            assertThat(settings.civilCalendars().of(new Region("PJM_Load")).zone())
                    .isEqualTo(ZoneId.of("America/Chicago"));
        }
    }

    @Test
    void metersAreOffAndHaveRulesByDefault() {
        // given
        Map<String, Object> properties = Map.of("loadcast.meters.missing", "wait", "loadcast.meters.grace", "1h");

        try (ApplicationContext unset = context(Map.of(), Optional.empty());
                ApplicationContext set = context(properties, Optional.empty())) {
            // when
            MeterSettings byDefault = unset.getBean(LoadcastSettings.class).meters();

            // then
            assertThat(byDefault.enabled()).isFalse();
            assertThat(byDefault.rules())
                    .isEqualTo(new MeteringRules(
                            Duration.ofMinutes(15), MissingMeters.SCALE, 0.8, 72, Duration.ofDays(7)));
            assertThat(set.getBean(LoadcastSettings.class).meters().rules())
                    .isEqualTo(new MeteringRules(Duration.ofHours(1), MissingMeters.WAIT, 0.8, 72, Duration.ofDays(7)));
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

    @ParameterizedTest
    @CsvSource(
            nullValues = "unset",
            value = {"unset, true, true", "none, true, false", "us, true, false", "unset, false, false"})
    void whoServesAModelThatLooksAtHolidaysIsWarnedOnceUnlessTheyAreSet(
            @Nullable String defaultHolidays, boolean looksAtHolidays, boolean warned) throws Exception {
        // given
        Path model =
                looksAtHolidays ? modelWithHolidays() : Files.write(directory.resolve("m"), TestModels.persistence());
        Map<String, Object> settings = new HashMap<>(Map.of(
                "kafka.bootstrap.servers",
                "127.0.0.1:9",
                "kafka.streams.default.start-kafka-streams",
                false,
                "loadcast.model",
                model.toString(),
                "loadcast.regions.AEP.holidays",
                "us"));
        if (defaultHolidays != null) {
            settings.put("loadcast.default-holidays", defaultHolidays);
        }

        // when
        List<String> warnings = warningsWhile(() -> {
            try (ApplicationContext context =
                    LoadcastServer.contextOf(settings, Optional.empty()).start()) {
                context.getBean(KStream.class);
            }
        });

        // then
        if (warned) {
            assertThat(warnings).singleElement().asString().contains("holidays", "loadcast.default-holidays", "none");
        } else {
            assertThat(warnings).isEmpty();
        }
    }

    private Path modelWithHolidays() throws IOException {
        ModelManifest plain = TestModels.MANIFEST;
        ModelManifest manifest = new ModelManifest(
                plain.name(),
                plain.version(),
                plain.architecture(),
                plain.lookbackHours(),
                plain.horizonHours(),
                plain.quantiles(),
                List.of(CalendarFeature.HOUR_OF_DAY, CalendarFeature.DAY_OF_WEEK, CalendarFeature.HOLIDAY),
                plain.training(),
                plain.scores());
        return Files.write(directory.resolve("h"), TestModels.withManifest(ManifestJson.write(manifest)));
    }

    private static List<String> warningsWhile(Runnable action) {
        Logger logger = (Logger) LoggerFactory.getLogger(ServingEngines.class);
        ListAppender<ILoggingEvent> appender = new ListAppender<>();
        appender.start();
        logger.addAppender(appender);
        try {
            action.run();
        } finally {
            logger.detachAppender(appender);
        }
        return appender.list.stream()
                .filter(event -> event.getLevel() == Level.WARN)
                .map(ILoggingEvent::getFormattedMessage)
                .toList();
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
        "loadcast.max-imputed-hours, 6, 'loadcast.max-imputed-hours is no more; set loadcast.imputation.max-run-hours'",
        "loadcast.imputation.max-run-hours, -5, loadcast.imputation.max-run-hours is -5; at least 0",
        "loadcast.imputation.max-share, 1.5, 'loadcast.imputation.max-share is 1.5; write a share from 0 to 1'",
        "loadcast.imputation.max-share, much, 'loadcast.imputation.max-share is ''much''; write a share'",
        "loadcast.max-jump-hours, 0, loadcast.max-jump-hours is 0; at least 1",
        "loadcast.suspect.spike-factor, 1, loadcast.suspect.spike-factor is 1; at least 2",
        "loadcast.suspect.flatline-hours, 1, loadcast.suspect.flatline-hours is 1; at least 2",
        "loadcast.forecast.batch-size, 0, loadcast.forecast.batch-size is 0",
        "loadcast.forecast.batch-size, 50000000, loadcast.forecast.batch-size is 50000000; at most 65536",
        "loadcast.accuracy.lead-hours, 25, 'loadcast.accuracy.lead-hours: lead time of 25 hours is not in 1 … 24'",
        "loadcast.accuracy.lead-hours, '1,x', 'loadcast.accuracy.lead-hours is ''x''; write a whole number'",
        "loadcast.forecast.linger, soon, '''soon''; write a number and its unit'",
        "loadcast.forecast.linger, 0ms, loadcast.forecast.linger is",
        "loadcast.forecast.timeout, 0ms, loadcast.forecast.timeout is",
        "loadcast.forecast.timeout, long, '''long''; write a number and its unit'",
        "loadcast.forecast.timeout, 5001ms, 'loadcast.forecast.timeout is 5001ms; at most 5000ms, half of'",
        "loadcast.meters.enabled, yes, '''yes''; write true or false'",
        "loadcast.meters.missing, guess, 'loadcast.meters.missing is ''guess''; scale or wait'",
        "loadcast.meters.min-completeness, much, '''much''; write a share from 0 to 1'",
        "loadcast.meters.min-completeness, 0, loadcast.meters.min-completeness is 0.0",
        "loadcast.meters.grace, 90s, loadcast.meters.grace is 90s; whole minutes",
        "loadcast.meters.keep-hours, 0, loadcast.meters.keep-hours is 0",
        "loadcast.meters.forget-after, 1d, loadcast.meters.forget-after is 24h; at least two hours longer",
        "loadcast.challengers.max, 11, loadcast.challengers.max is 11; at most 10",
        "loadcast.challengers.max, few, '''few''; write a whole number'",
        "loadcast.challengers.promotion, all, '''all''; off, region or global'",
        "loadcast.challengers.hours, 24, loadcast.challengers.hours is 24; from 48 to 168",
        "loadcast.challengers.margin, 1.5, loadcast.challengers.margin is 1.5; a share",
        "loadcast.device, gpu, 'device ''gpu'' is unknown; known are auto, cpu, cuda'",
        "loadcast.http.port, 70000, loadcast.http.port is 70000; from 0 to 65535",
        "loadcast.http.port, http, 'setting loadcast.http.port is ''http''; write a whole number'",
        "loadcast.http.history-hours, 24, loadcast.http.history-hours is 24; from 48",
        "loadcast.http.enabled, perhaps, 'setting loadcast.http.enabled is ''perhaps''; write true or false'",
        "loadcast.regions.AEP.zoom, x, loadcast.regions.AEP.zoom is no setting",
        "loadcast.default-holidays, uk, 'loadcast.default-holidays: ''uk'' names no country'",
        "loadcast.regions.AEP.holidays, us-zz, 'loadcast.regions.AEP.holidays: ''us-zz'' names no subdivision'",
    })
    void aSettingThatIsWrongStopsTheStart(String name, String value, String message) {
        // given
        Map<String, Object> settings = new HashMap<>();
        settings.put("kafka.bootstrap.servers", "127.0.0.1:9");
        settings.put("loadcast.http.port", 0);
        settings.put(name, value);

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
