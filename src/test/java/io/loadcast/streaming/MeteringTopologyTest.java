package io.loadcast.streaming;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.loadcast.Contract;
import io.loadcast.alerting.AlertSettings;
import io.loadcast.domain.CivilCalendar;
import io.loadcast.domain.EpochHour;
import io.loadcast.domain.ImputationLimits;
import io.loadcast.domain.RegionCalendars;
import io.loadcast.forecasting.ForecastBatch;
import io.loadcast.forecasting.IntakeRules;
import io.loadcast.forecasting.LastValueEngine;
import io.loadcast.forecasting.ScoredLeads;
import io.loadcast.forecasting.StateLayout;
import io.loadcast.metering.MeteringRules;
import io.loadcast.metering.MissingMeters;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.TestInputTopic;
import org.apache.kafka.streams.TestOutputTopic;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.TopologyDescription;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.errors.StreamsException;
import org.apache.kafka.streams.processor.api.MockProcessorContext;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.Stores;
import org.apache.kafka.streams.test.TestRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MeteringTopologyTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final long START = EpochHour.containing(Instant.parse("2018-01-01T00:00:00Z"));

    @TempDir
    Path directory;

    private final Counters counters = new Counters();
    private final ThreadPace pace = new ThreadPace();
    private final Cluster origins = new Cluster();
    private Topology topology;
    private TopologyTestDriver driver;
    private TestInputTopic<byte[], byte[]> meterReadings;
    private TestOutputTopic<byte[], byte[]> readings;
    private TestOutputTopic<byte[], byte[]> deadLetters;
    private TestOutputTopic<byte[], byte[]> forecasts;

    @BeforeEach
    void start() {
        LastValueEngine engine = new LastValueEngine();
        StreamsBuilder builder = new StreamsBuilder();
        LoadcastTopology.addTo(
                builder,
                new InstanceContext(Topics.DEFAULT, counters, origins, () -> pace),
                () -> new ForecastBatch(
                        engine, new RegionCalendars(Map.of(), CivilCalendar.UTC), ImputationLimits.DEFAULT, 64),
                new ForecastingSettings(
                        StateLayout.of(engine.manifest(), 24, ScoredLeads.of(List.of(1))),
                        IntakeRules.DEFAULT,
                        ReadingScope.ALL,
                        Duration.ofMillis(5),
                        AlertSettings.OFF,
                        Optional.empty()));
        MeteringTopology.addTo(
                builder,
                new InstanceContext(Topics.DEFAULT, counters, origins, () -> pace),
                new MeteringRules(Duration.ofMinutes(15), MissingMeters.SCALE, 0.8, 3, Duration.ofDays(1)));
        Properties properties = new Properties();
        properties.put(StreamsConfig.APPLICATION_ID_CONFIG, "test");
        properties.put(StreamsConfig.STATE_DIR_CONFIG, directory.toString());
        properties.put(StreamsConfig.ENSURE_EXPLICIT_INTERNAL_RESOURCE_NAMING_CONFIG, "true");
        topology = builder.build(properties);
        driver = new TopologyTestDriver(topology, properties);
        meterReadings = driver.createInputTopic(
                Topics.DEFAULT.meterReadings(), new ByteArraySerializer(), new ByteArraySerializer());
        readings = output(Topics.DEFAULT.readings());
        deadLetters = output(Topics.DEFAULT.deadLetters());
        forecasts = output(Topics.DEFAULT.forecasts());
    }

    private TestOutputTopic<byte[], byte[]> output(String topic) {
        return driver.createOutputTopic(topic, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    }

    @AfterEach
    void stop() {
        driver.close();
    }

    private void meter(String region, String meter, long hour, double kilowattHours) {
        String value =
                "{\"meter\":\"%s\",\"region\":\"%s\",\"valid_time\":\"%s\",\"duration_minutes\":60,\"energy_kwh\":%s}"
                        .formatted(meter, region, EpochHour.start(hour), kilowattHours);
        meterReadings.pipeInput(region.getBytes(UTF_8), value.getBytes(UTF_8));
    }

    private static String header(TestRecord<byte[], byte[]> record, String name) {
        return new String(record.headers().lastHeader(name).value(), UTF_8);
    }

    @Test
    void metersBecomeReadingsOfTheirRegionAndThoseBecomeForecasts() throws Exception {
        // when
        for (long hour = START; hour < START + 92; hour++) {
            meter("AEP", "a", hour, 1_000_000);
            meter("DUQ", "a", hour, 50_000);
            meter("AEP", "b", hour, 234_567.891);
        }
        driver.advanceWallClockTime(Duration.ofMillis(50));

        // then
        List<TestRecord<byte[], byte[]>> published = readings.readRecordsToList();
        assertThat(published).hasSize(2 * 92);
        List<TestRecord<byte[], byte[]>> ofAep = published.stream()
                .filter(record -> new String(record.key(), UTF_8).equals("AEP"))
                .toList();
        TestRecord<byte[], byte[]> second = ofAep.get(1);
        JsonNode value = JSON.readTree(second.value());
        assertThat(value.get("load_mw").decimalValue()).isEqualByComparingTo("1234.567891");
        assertThat(value.get("valid_time").asText()).isEqualTo("2018-01-01T01:00:00Z");
        assertThat(value.get("quality").asText()).isEqualTo("metered");
        assertThat(second.timestamp()).isEqualTo(EpochHour.start(START + 1).toEpochMilli());
        assertThat(header(second, "ce_id")).isEqualTo("AEP/2018-01-01T01:00:00Z/metered/0");
        assertThat(Contract.of("reading").violations(value)).isEmpty();
        assertThat(Contract.of("reading").undescribed(value)).isEmpty();
        assertThat(forecasts.readRecordsToList()).hasSize(2 * 92);
        assertThat(counters.snapshot())
                .containsEntry("forecast.ok", 2 * 3L)
                .containsEntry("metered-hour.complete", 184L)
                .containsEntry("meter-reading.accepted", 276L)
                .containsEntry("meter.learned", 3L)
                .containsEntry("reading.next", 182L);
    }

    @Test
    void aLateMeterRevisesTheReadingWhichTheForecasterTakesAsACorrection() throws Exception {
        // given: in the second hour b is missing, a tenth of the load
        for (long hour = START; hour < START + 3; hour++) {
            meter("AEP", "a", hour, 900);
            if (hour != START + 1) {
                meter("AEP", "b", hour, 100);
            }
        }

        // when
        meter("AEP", "b", START + 1, 300);

        // then
        List<TestRecord<byte[], byte[]>> published = readings.readRecordsToList().stream()
                .filter(record ->
                        record.timestamp() == EpochHour.start(START + 1).toEpochMilli())
                .toList();
        assertThat(published).hasSize(2);
        JsonNode scaled = JSON.readTree(published.get(0).value());
        JsonNode revised = JSON.readTree(published.get(1).value());
        assertThat(scaled.get("load_mw").asDouble()).isEqualTo(1.0);
        assertThat(scaled.get("quality").asText()).isEqualTo("estimated");
        assertThat(scaled.get("completeness").asDouble()).isEqualTo(0.9);
        assertThat(revised.get("load_mw").asDouble()).isEqualTo(1.2);
        assertThat(header(published.get(1), "ce_id")).isEqualTo("AEP/2018-01-01T01:00:00Z/metered/1");
        assertThat(counters.snapshot())
                .containsEntry("metered-hour.scaled", 1L)
                .containsEntry("metered-hour.revised", 1L)
                .containsEntry("meter-reading.late", 1L)
                .containsEntry("reading.correction", 1L);
    }

    @Test
    void whatIsRefusedBecomesADeadLetterWithItsReason() {
        // given
        for (long hour = START; hour < START + 8; hour++) {
            meter("AEP", "a", hour, 900);
        }

        // when
        meter("AEP", "a", START, 901);
        meterReadings.pipeInput("AEP".getBytes(UTF_8), "{}".getBytes(UTF_8));
        String overlapping = "{\"meter\":\"a\",\"region\":\"AEP\",\"valid_time\":\"2018-01-01T07:30:00Z\","
                + "\"duration_minutes\":5,\"power_kw\":1}";
        meterReadings.pipeInput("AEP".getBytes(UTF_8), overlapping.getBytes(UTF_8));

        // then
        List<TestRecord<byte[], byte[]>> letters = deadLetters.readRecordsToList();
        assertThat(letters)
                .extracting(letter -> header(letter, "loadcast_reason"))
                .containsExactly("too-late", "missing-field", "overlapping");
        assertThat(letters)
                .allSatisfy(letter ->
                        assertThat(header(letter, "loadcast_topic")).isEqualTo(Topics.DEFAULT.meterReadings()));
        assertThat(header(letters.get(2), "loadcast_detail")).contains("'a'", "2018-01-01T07:30:00Z");
        assertThat(letters.get(2).value()).isEqualTo(overlapping.getBytes(UTF_8));
        assertThat(counters.snapshot())
                .containsEntry("meter-reading.rejected.too-late", 1L)
                .containsEntry("meter-reading.rejected.overlapping", 1L);
    }

    @Test
    void hoursThatAreNotKeptLeaveTheStores() {
        // when
        for (long hour = START; hour < START + 30; hour++) {
            meter("AEP", "a", hour, 900);
            meter("AEP", "b", hour, 900);
        }

        // then: three closed hours and the open one
        assertThat(entries(MeteringTopology.METER_HOURS_STORE)).isEqualTo(2 * 4);
        assertThat(entries(MeteringTopology.METERS_STORE)).isEqualTo(2);
    }

    @Test
    void theFirstMeterReadingAlreadyLeavesAStateInTheStoreThatIsLookedAt() {
        // when
        meter("AEP", "a", START, 900);

        // then
        assertThat(entries(MeteringTopology.REGIONS_STORE)).isPositive();
        assertThat(entries(MeteringTopology.ORIGIN_STORE)).isOne();
    }

    @Test
    void aLostChangelogOfTheMetersIsRefusedByItsName() {
        // given
        meter("AEP", "a", START, 900);
        byte[] known = driver.<String, byte[]>getKeyValueStore(MeteringTopology.ORIGIN_STORE)
                .get(StateOriginCheck.KEY);

        // when
        origins.another = MeteringTopology.METERS_STORE;

        // then
        StateOriginCheck check = new StateOriginCheck(origins.metering, origins, record -> {});
        assertThatThrownBy(() -> check.init(contextWith(known)))
                .isInstanceOf(StateOriginException.class)
                .hasMessageContaining("test-meters-changelog was deleted")
                .hasMessageContaining("--application-id");
    }

    @Test
    void metersWithoutStateAfterCommittedMeterReadingsAreRefused() {
        // when
        origins.committed = true;

        // then
        StateOriginCheck check = new StateOriginCheck(origins.metering, origins, record -> {});
        assertThatThrownBy(() -> check.init(contextWith(null)))
                .isInstanceOf(StateOriginException.class)
                .hasMessageContaining("has no state though it has summed meters before");
        assertThat(origins.asked.topic()).isEqualTo(Topics.DEFAULT.meterReadings());
    }

    private static MockProcessorContext<byte[], byte[]> contextWith(byte[] knownOrigin) {
        MockProcessorContext<byte[], byte[]> context = new MockProcessorContext<>();
        for (String name : List.of(MeteringTopology.ORIGIN_STORE, MeteringTopology.REGIONS_STORE)) {
            KeyValueStore<String, byte[]> store = Stores.keyValueStoreBuilder(
                            Stores.inMemoryKeyValueStore(name), Serdes.String(), Serdes.ByteArray())
                    .withLoggingDisabled()
                    .build();
            store.init(context.getStateStoreContext(), store);
            context.addStateStore(store);
            if (knownOrigin != null && name.equals(MeteringTopology.ORIGIN_STORE)) {
                store.put(StateOriginCheck.KEY, knownOrigin);
            }
        }
        return context;
    }

    @Test
    void aWallClockThatWasSetBackGivesTheThreadUp() {
        // given
        meter("AEP", "a", START, 900);

        // when
        pace.look(System.currentTimeMillis() + Duration.ofDays(400).toMillis());

        // then
        assertThatThrownBy(() -> meter("AEP", "a", START + 1, 900))
                .isInstanceOf(StreamsException.class)
                .hasStackTraceContaining("set back");
    }

    @Test
    void aMeterReadingKeepsTheThreadFromBeingTakenForIdle() {
        // given
        meter("AEP", "a", START, 900);
        long before = pace.readings;

        // when: within an open hour, so that no reading comes of it
        meterReadings.pipeInput("AEP".getBytes(UTF_8), """
                {"meter":"b","region":"AEP","valid_time":"2018-01-01T00:00:00Z","duration_minutes":60,"energy_kwh":1}
                """.getBytes(UTF_8));

        // then
        assertThat(readings.isEmpty()).isTrue();
        assertThat(pace.readings).isEqualTo(before + 1);
    }

    /** A cluster that nobody runs: what it knows is set by the test. */
    private static final class Cluster implements StateOrigins {
        private String another = "";
        private boolean committed;
        private KeptState metering;
        private TopicPartition asked;

        @Override
        public StateOrigin current(KeptState state) {
            if (state.originStore().equals(MeteringTopology.ORIGIN_STORE)) {
                metering = state;
            }
            return new StateOrigin(
                    new Uuid(1, 1),
                    state.stores().stream()
                            .map(store -> new Uuid(2, store.equals(another) ? 9 : 2))
                            .toList());
        }

        @Override
        public boolean hasCommitted(TopicPartition partition) {
            asked = partition;
            return committed;
        }

        @Override
        public String applicationId() {
            return "test";
        }
    }

    private int entries(String store) {
        int entries = 0;
        try (var all = driver.getKeyValueStore(store).all()) {
            while (all.hasNext()) {
                all.next();
                entries++;
            }
        }
        return entries;
    }

    @Test
    void metersHaveTasksOfTheirOwnAndLeaveTheNumbersOfTheOthers() {
        assertThat(topology.describe().subtopologies())
                .extracting(TopologyDescription.Subtopology::id)
                .containsExactlyInAnyOrder(0, 1);
        assertThat(topology.describe().subtopologies())
                .filteredOn(part -> part.id() == 0)
                .singleElement()
                .asString()
                .contains(LoadcastTopology.PROCESSOR)
                .doesNotContain(MeteringTopology.PROCESSOR);
    }
}
