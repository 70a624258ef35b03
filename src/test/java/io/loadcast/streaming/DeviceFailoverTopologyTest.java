package io.loadcast.streaming;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.loadcast.Contract;
import io.loadcast.alerting.AlertSettings;
import io.loadcast.domain.CivilCalendar;
import io.loadcast.domain.EpochHour;
import io.loadcast.domain.ImputationLimits;
import io.loadcast.domain.RegionCalendars;
import io.loadcast.forecasting.ForecastBatch;
import io.loadcast.forecasting.ForecastEngine;
import io.loadcast.forecasting.IntakeRules;
import io.loadcast.forecasting.LastValueEngine;
import io.loadcast.forecasting.ScoredLeads;
import io.loadcast.forecasting.StateLayout;
import io.loadcast.inference.Backoff;
import io.loadcast.inference.CommandedDevice;
import io.loadcast.inference.FailoverEngine;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.test.TestRecord;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** A device that is lost while forecasts run on it costs none of them, and is told. */
class DeviceFailoverTopologyTest {
    private static final long START = EpochHour.containing(Instant.parse("2018-01-01T00:00:00Z"));
    private static final int HOURS = 130;
    private static final int LOST_AT = 100;
    private static final int BACK_AT = 120;

    private final CommandedDevice cuda = new CommandedDevice("cuda:0");
    private final Counters counters = new Counters();

    private record Outputs(List<TestRecord<byte[], byte[]>> forecasts, List<TestRecord<byte[], byte[]>> alerts) {}

    @Test
    void forecastsAreThoseOfADeviceThatWasNeverLost() {
        // when
        Outputs without = run(new LastValueEngine(), hour -> {});
        Outputs with = withLossAndReturn();

        // then
        assertThat(with.forecasts()).hasSize(2 * HOURS);
        assertThat(with.forecasts())
                .extracting(TestRecord::value)
                .containsExactlyElementsOf(
                        without.forecasts().stream().map(TestRecord::value).toList());
        assertThat(without.alerts()).isEmpty();
    }

    @Test
    void oneAlertIsRaisedAndThenClearedAtTheHoursAtWhichItWasSeen() {
        // when
        List<TestRecord<byte[], byte[]>> alerts = withLossAndReturn().alerts();

        // then
        assertThat(alerts).hasSize(2);
        JsonNode raised = Contract.json(alerts.get(0).value());
        JsonNode cleared = Contract.json(alerts.get(1).value());
        Contract contract = Contract.of("alert");
        assertThat(contract.violations(raised)).isEmpty();
        assertThat(contract.violations(cleared)).isEmpty();
        assertThat(cleared.get("id")).isEqualTo(raised.get("id"));
        assertThat(raised.get("kind").asText()).isEqualTo("device-lost");
        assertThat(raised.get("cleared_time").isNull()).isTrue();
        assertThat(raised.at("/evidence/reason").asText()).isEqualTo(CommandedDevice.REASON);
        assertThat(raised.at("/evidence/in_use").asText()).isEqualTo("cpu");
        assertThat(cleared.get("raised_time").asText())
                .isEqualTo(raised.get("raised_time").asText())
                .isEqualTo(EpochHour.start(START + LOST_AT).toString());
        assertThat(cleared.get("cleared_time").asText())
                .isEqualTo(EpochHour.start(START + BACK_AT).toString());
        assertThat(alerts.get(0).timestamp())
                .isEqualTo(EpochHour.start(START + LOST_AT).toEpochMilli());
        assertThat(alerts.get(1).timestamp())
                .isEqualTo(EpochHour.start(START + BACK_AT).toEpochMilli());
        assertThat(alerts).allSatisfy(alert -> {
            assertThat(alert.key()).isEqualTo("device-lost".getBytes(UTF_8));
            assertThat(alert.headers().lastHeader("ce_type").value()).isEqualTo("io.loadcast.alert.v1".getBytes(UTF_8));
        });
    }

    @Test
    void theDeviceInUseIsTold() {
        // when
        withLossAndReturn();

        // then
        assertThat(counters.device()).isEqualTo("cuda:0");
        assertThat(counters.snapshot())
                .containsEntry("alert.device-lost.raised", 1L)
                .containsEntry("alert.device-lost.cleared", 1L);
        assertThat(cuda.runs()).isPositive();
    }

    private Outputs withLossAndReturn() {
        CommandedDevice cpu = new CommandedDevice("cpu");
        Backoff soon = new Backoff(Duration.ofMillis(5), Duration.ofMillis(5));
        try (FailoverEngine engine = new FailoverEngine(cuda.open(), cuda::open, cpu.open(), soon)) {
            return run(engine, hour -> {
                if (hour == LOST_AT) {
                    cuda.fail();
                } else if (hour == LOST_AT + 1) {
                    assertThat(counters.device()).isEqualTo("cpu");
                } else if (hour == BACK_AT) {
                    cuda.comeBack();
                    Awaitility.await().until(() -> engine.device().equals("cuda:0"));
                }
            });
        }
    }

    private interface Script {
        /** Before the readings of an hour. */
        void before(int hour);
    }

    private Outputs run(ForecastEngine engine, Script script) {
        StreamsBuilder builder = new StreamsBuilder();
        LoadcastTopology.addTo(
                builder,
                new InstanceContext(Topics.DEFAULT, counters, new OneOrigin(), ThreadPace.ofEachThread()),
                () -> new ForecastBatch(
                        engine, new RegionCalendars(Map.of(), CivilCalendar.UTC), ImputationLimits.DEFAULT, 2),
                new ForecastingSettings(
                        StateLayout.of(engine.manifest(), 24, ScoredLeads.DEFAULT),
                        IntakeRules.DEFAULT,
                        ReadingScope.ALL,
                        Duration.ofMillis(5),
                        AlertSettings.OFF,
                        Optional.empty()));
        Properties properties = new Properties();
        properties.put(StreamsConfig.APPLICATION_ID_CONFIG, "test");
        properties.put(StreamsConfig.ENSURE_EXPLICIT_INTERNAL_RESOURCE_NAMING_CONFIG, "true");
        try (TopologyTestDriver driver = new TopologyTestDriver(builder.build(properties), properties)) {
            var readings = driver.createInputTopic(
                    Topics.DEFAULT.readings(), new ByteArraySerializer(), new ByteArraySerializer());
            for (int hour = 0; hour < HOURS; hour++) {
                script.before(hour);
                for (String region : List.of("AEP", "DUQ")) {
                    String value = "{\"region\":\"%s\",\"valid_time\":\"%s\",\"load_mw\":%d}"
                            .formatted(region, EpochHour.start(START + hour), 1000 + hour);
                    readings.pipeInput(region.getBytes(UTF_8), value.getBytes(UTF_8));
                }
            }
            return new Outputs(read(driver, Topics.DEFAULT.forecasts()), read(driver, Topics.DEFAULT.alerts()));
        }
    }

    private static List<TestRecord<byte[], byte[]>> read(TopologyTestDriver driver, String topic) {
        return driver.createOutputTopic(topic, new ByteArrayDeserializer(), new ByteArrayDeserializer())
                .readRecordsToList();
    }
}
