package io.loadcast.streaming;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
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
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.TestInputTopic;
import org.apache.kafka.streams.TestOutputTopic;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.errors.StreamsException;
import org.apache.kafka.streams.errors.TaskCorruptedException;
import org.apache.kafka.streams.test.TestRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

class LoadcastTopologyTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration LINGER = Duration.ofMillis(5);
    private static final long START = EpochHour.containing(Instant.parse("2018-01-01T00:00:00Z"));

    private final Counters counters = new Counters();
    private TopologyTestDriver driver;
    private TestInputTopic<byte[], byte[]> readings;
    private TestOutputTopic<byte[], byte[]> forecasts;
    private TestOutputTopic<byte[], byte[]> accuracy;
    private TestOutputTopic<byte[], byte[]> deadLetters;

    @BeforeEach
    void start() {
        start(new LastValueEngine());
    }

    private void start(LastValueEngine engine) {
        start(engine, 64);
    }

    private void start(LastValueEngine engine, int batchSize) {
        StreamsBuilder builder = new StreamsBuilder();
        LoadcastTopology.addTo(
                builder,
                new InstanceContext(Topics.DEFAULT, counters, new OneOrigin(), ThreadPace.ofEachThread()),
                () -> new ForecastBatch(
                        engine, new RegionCalendars(Map.of(), CivilCalendar.UTC), ImputationLimits.DEFAULT, batchSize),
                new ForecastingSettings(
                        StateLayout.of(engine.manifest(), 24, ScoredLeads.of(List.of(1, 2, 24))),
                        IntakeRules.DEFAULT,
                        ReadingScope.ALL,
                        LINGER,
                        AlertSettings.OFF,
                        Optional.empty()));
        Properties properties = new Properties();
        properties.put(StreamsConfig.APPLICATION_ID_CONFIG, "test");
        properties.put(StreamsConfig.ENSURE_EXPLICIT_INTERNAL_RESOURCE_NAMING_CONFIG, "true");
        driver = new TopologyTestDriver(builder.build(properties), properties);
        readings = driver.createInputTopic(
                Topics.DEFAULT.readings(), new ByteArraySerializer(), new ByteArraySerializer());
        forecasts = output(Topics.DEFAULT.forecasts());
        accuracy = output(Topics.DEFAULT.accuracy());
        deadLetters = output(Topics.DEFAULT.deadLetters());
    }

    private TestOutputTopic<byte[], byte[]> output(String topic) {
        return driver.createOutputTopic(topic, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    }

    @AfterEach
    void stop() {
        driver.close();
    }

    private void read(String region, long hour, double loadMw) {
        String value = "{\"region\":\"%s\",\"valid_time\":\"%s\",\"load_mw\":%s}"
                .formatted(region, EpochHour.start(hour), loadMw);
        readings.pipeInput(region.getBytes(UTF_8), value.getBytes(UTF_8));
    }

    /** Long enough for the tail to be flushed: a tick that still sees the last reading, and one that sees none. */
    private void idle() {
        driver.advanceWallClockTime(LINGER);
        driver.advanceWallClockTime(LINGER);
    }

    private static String header(TestRecord<byte[], byte[]> record, String name) {
        return new String(record.headers().lastHeader(name).value(), UTF_8);
    }

    @Test
    void eachRegionIsForecastAndScoredByItsOwnState() throws IOException {
        // given
        for (int hour = 0; hour < 92; hour++) {
            read("AEP", START + hour, 1000 + hour);
            read("DUQ", START + hour, 50);
            idle();
        }

        // when
        List<TestRecord<byte[], byte[]>> issued = issuedByModel();
        List<TestRecord<byte[], byte[]>> scored = lastOf(accuracy.readRecordsToList(), 6);

        // then
        assertThat(issued)
                .extracting(record -> new String(record.key(), UTF_8))
                .containsExactly("AEP", "DUQ", "AEP", "DUQ", "AEP", "DUQ");
        JsonNode last = JSON.readTree(issued.get(4).value());
        assertThat(last.get("issue_time").asText())
                .isEqualTo(EpochHour.start(START + 91).toString());
        assertThat(last.get("p50_mw").get(23).asDouble()).isEqualTo(1091);
        assertThat(issued.get(4).timestamp())
                .isEqualTo(EpochHour.start(START + 91).toEpochMilli());
        assertThat(header(issued.get(4), "ce_id")).isEqualTo("AEP/2018-01-04T19:00:00Z/last-value@1.0/0");
        // Hour 91 scores three forecasts of each region.
        JsonNode leadTwo = JSON.readTree(scored.get(1).value());
        assertThat(leadTwo.get("region").asText()).isEqualTo("AEP");
        assertThat(leadTwo.get("lead_hours").asInt()).isEqualTo(2);
        assertThat(leadTwo.get("residual_mw").asDouble()).isEqualTo(2);
    }

    @Test
    void aModelOfTheNextHourIsServedAsAnyOther() {
        // given
        driver.close();
        start(LastValueEngine.ofNextHour("AEP"));
        for (int hour = 0; hour < 92; hour++) {
            read("AEP", START + hour, 1000 + hour);
        }
        idle();

        // when
        List<TestRecord<byte[], byte[]>> issued = issuedByModel();
        List<TestRecord<byte[], byte[]>> scored = lastOf(accuracy.readRecordsToList(), 2);

        // then
        assertThat(issued).hasSize(3);
        JsonNode forecast = Contract.json(issued.get(0).value());
        JsonNode score = Contract.json(scored.get(0).value());
        assertThat(Contract.of("forecast").violations(forecast)).isEmpty();
        assertThat(Contract.of("accuracy").violations(score)).isEmpty();
        assertThat(forecast.get("lead_hours")).hasSize(1);
        assertThat(forecast.get("p50_mw").get(0).asDouble()).isEqualTo(1089);
        assertThat(score.get("lead_hours").asInt()).isEqualTo(1);
        assertThat(score.get("residual_mw").asDouble()).isEqualTo(1);
    }

    @Test
    void aRegionThatTheModelDoesNotKnowIsCountedAndToldOnceAndTheOthersAreForecast() {
        // given
        ListAppender<ILoggingEvent> log = new ListAppender<>();
        Logger logger = (Logger) LoggerFactory.getLogger(ForwardedOutputs.class);
        log.start();
        logger.addAppender(log);
        driver.close();
        start(LastValueEngine.ofNextHour("AEP"));

        // when
        for (int hour = 0; hour < 90; hour++) {
            read("DUQ", START + hour, 50);
            read("AEP", START + hour, 1000);
        }
        idle();
        logger.detachAppender(log);

        // then
        assertThat(issuedByModel())
                .extracting(record -> new String(record.key(), UTF_8))
                .containsExactly("AEP");
        assertThat(counters.snapshot())
                .containsEntry("reading.next", 2 * 89L)
                .containsEntry("forecast.fallback.unknown-region", 90L)
                .containsEntry("forecast.fallback.warming-up", 89L)
                .containsEntry("forecast.method.model", 1L);
        assertThat(log.list)
                .extracting(ILoggingEvent::getFormattedMessage)
                .singleElement()
                .asString()
                .contains("last-value was not trained on region DUQ", "Serve a model");
        assertThat(deadLetters.isEmpty()).isTrue();
    }

    @Test
    void whatIsNotAReadingBecomesADeadLetterByteForByte() {
        // given
        byte[] key = {(byte) 0xff, 1};
        byte[] value = "no json".getBytes(UTF_8);
        RecordHeaders headers = new RecordHeaders();
        headers.add("trace", "t-1".getBytes(UTF_8));
        readings.pipeInput(new TestRecord<>("AEP".getBytes(UTF_8), "{}".getBytes(UTF_8)));

        // when
        readings.pipeInput(new TestRecord<>(key, value, headers, 7L));

        // then
        TestRecord<byte[], byte[]> letter = deadLetters.readRecordsToList().get(1);
        assertThat(letter.key()).isEqualTo(key);
        assertThat(letter.value()).isEqualTo(value);
        assertThat(letter.timestamp()).isEqualTo(7L);
        assertThat(header(letter, "trace")).isEqualTo("t-1");
        assertThat(header(letter, "loadcast_reason")).isEqualTo("not-json");
        assertThat(header(letter, "loadcast_topic")).isEqualTo(Topics.DEFAULT.readings());
        assertThat(header(letter, "loadcast_partition")).isEqualTo("0");
        assertThat(header(letter, "loadcast_offset")).isEqualTo("1");
        assertThat(forecasts.isEmpty()).isTrue();
    }

    @Test
    void aRecordThatWasCutWhenItWasReceivedSaysHowLargeItWas() {
        // given
        RecordHeaders headers = new RecordHeaders();
        byte[] key = CutBytes.ofKeys().deserialize("readings", headers, ByteBuffer.wrap(new byte[200_000]));
        byte[] value = CutBytes.ofValues().deserialize("readings", headers, ByteBuffer.wrap(new byte[5_000_000]));

        // when
        readings.pipeInput(new TestRecord<>(key, value, headers, 7L));

        // then
        TestRecord<byte[], byte[]> letter = deadLetters.readRecord();
        assertThat(letter.key()).hasSize(CutBytes.MOST);
        assertThat(letter.value()).hasSize(CutBytes.MOST);
        assertThat(header(letter, "loadcast_reason")).isEqualTo("too-large");
        assertThat(header(letter, "loadcast_original_key_bytes")).isEqualTo("200000");
        assertThat(header(letter, "loadcast_original_value_bytes")).isEqualTo("5000000");
        assertThat(letter.headers().lastHeader(CutBytes.VALUE_BYTES)).isNull();
    }

    @Test
    void headersThatAreTooLargeToBeWrittenAgainAreLeftOut() {
        // given
        RecordHeaders headers = new RecordHeaders();
        headers.add("trace", new byte[DeadLetter.LARGEST_HEADERS_BYTES]);

        // when
        readings.pipeInput(new TestRecord<>((byte[]) null, null, headers, 7L));

        // then
        TestRecord<byte[], byte[]> letter = deadLetters.readRecord();
        assertThat(header(letter, "loadcast_original_headers_bytes")).isEqualTo("100005");
        assertThat(letter.headers().lastHeader("trace")).isNull();
    }

    @Test
    void aDeadLetterThatIsSentAgainHasItsNewestReasonOnly() {
        // given
        RecordHeaders headers = new RecordHeaders();
        headers.add("loadcast_reason", "too-late".getBytes(UTF_8));

        // when
        readings.pipeInput(new TestRecord<>("AEP".getBytes(UTF_8), "no json".getBytes(UTF_8), headers, 7L));

        // then
        assertThat(deadLetters.readRecord().headers().headers("loadcast_reason"))
                .extracting(header -> new String(header.value(), UTF_8))
                .containsExactly("not-json");
    }

    @Test
    void aReadingOfTheFutureOrOfLongAgoBecomesADeadLetterAndChangesNothing() {
        // given
        for (int hour = 0; hour < 300; hour++) {
            read("AEP", START + hour, 1000);
        }
        idle();
        byte[] before = driver.<String, byte[]>getKeyValueStore(LoadcastTopology.REGION_STATE_STORE)
                .get("AEP");

        // when
        read("AEP", START + 100, 1);
        read("AEP", EpochHour.containing(Instant.now()) + 3, 1);

        // then
        assertThat(deadLetters.readRecordsToList())
                .extracting(letter -> header(letter, "loadcast_reason"))
                .containsExactly("too-late", "from-the-future");
        assertThat(driver.<String, byte[]>getKeyValueStore(LoadcastTopology.REGION_STATE_STORE)
                        .get("AEP"))
                .isEqualTo(before);
    }

    @Test
    void everyReadingIsCountedByWhatBecameOfIt() {
        // given
        read("AEP", START, 10);
        read("AEP", START + 1, 10);
        read("AEP", START + 3, 10);
        read("AEP", START + 2, 10);
        read("AEP", START + 2, 10);
        read("AEP", START + 2, 11);

        idle();

        // when
        Map<String, Long> counts = counters.snapshot();

        // then
        assertThat(counts)
                .containsEntry("reading.first", 1L)
                .containsEntry("reading.next", 1L)
                .containsEntry("reading.gap", 1L)
                .containsEntry("reading.late", 1L)
                .containsEntry("reading.duplicate", 1L)
                .containsEntry("reading.correction", 1L)
                .containsEntry("reading.unconfirmed", 0L)
                .containsEntry("forecast.fallback.warming-up", 3L)
                .containsEntry("forecast.method.last-value", 3L);
    }

    private List<String> issuedRegions() {
        return issuedByModel().stream()
                .map(record -> new String(record.key(), UTF_8))
                .toList();
    }

    /** Without those that the fallback gives before the model can. */
    private List<TestRecord<byte[], byte[]>> issuedByModel() {
        return forecasts.readRecordsToList().stream()
                .filter(forecast ->
                        !Contract.json(forecast.value()).get("quality").asText().equals("fallback"))
                .toList();
    }

    private static <T> List<T> lastOf(List<T> all, int count) {
        return all.subList(all.size() - count, all.size());
    }

    private void warmUp() {
        for (int hour = 0; hour < 90; hour++) {
            read("AEP", START + hour, 1000);
        }
        idle();
        forecasts.readRecordsToList();
    }

    @Test
    void aFullBatchIsForecastWithoutWaiting() {
        // given
        driver.close();
        start(new LastValueEngine(), 4);
        warmUp();

        // when
        for (int hour = 90; hour < 93; hour++) {
            read("AEP", START + hour, 1000);
        }
        List<String> before = issuedRegions();
        read("AEP", START + 93, 1000);

        // then
        assertThat(before).isEmpty();
        assertThat(issuedRegions()).hasSize(4);
        assertThat(counters.dueHours()).isZero();
    }

    @Test
    void theTailIsForecastWhenNoReadingCame() {
        // given
        warmUp();
        read("AEP", START + 90, 1000);

        // when
        driver.advanceWallClockTime(LINGER);
        List<String> atFirstTick = issuedRegions();
        driver.advanceWallClockTime(LINGER);

        // then
        assertThat(atFirstTick).isEmpty();
        assertThat(issuedRegions()).containsExactly("AEP");
    }

    @Test
    void readingsThatKeepComingHoldATailBackForFiftyMillisecondsAtMost() {
        // given
        warmUp();
        int ticks = 0;

        // when
        while (counters.snapshot().get("forecast.ok") == 1 && ticks < 100) {
            read("DUQ", START + ticks, 50);
            read("AEP", START + 90 + ticks, 1000);
            driver.advanceWallClockTime(LINGER);
            ticks++;
        }

        // then
        assertThat(ticks * LINGER.toMillis()).isEqualTo(IdleFlush.OLDEST_MILLIS);
        assertThat(issuedRegions()).hasSize(10).containsOnly("AEP");
    }

    @Test
    void aBacklogAsLongAsTheRingHasRoomForIsForecastBeforeTheNextReading() {
        // given
        warmUp();

        // when
        for (int hour = 90; hour <= 90 + 24; hour++) {
            read("AEP", START + hour, 1000);
        }
        List<String> before = issuedRegions();
        read("AEP", START + 90 + 25, 1000);

        // then
        assertThat(before).isEmpty();
        assertThat(issuedRegions()).hasSize(25);
    }

    @Test
    void aTimeoutInThePunctuatorDoesNotMarkTheTaskAsCorrupted() {
        // given
        driver.close();
        LastValueEngine engine = new LastValueEngine();
        start(engine);
        warmUp();
        read("AEP", START + 90, 1000);

        // when
        engine.failNextRun(new TimeoutException("buffer exhausted"));

        // then
        assertThatThrownBy(this::idle)
                .isInstanceOf(StreamsException.class)
                .isNotInstanceOf(TaskCorruptedException.class)
                .hasRootCauseInstanceOf(TimeoutException.class);
    }

    @Test
    void aHeldReadingThatIsNotConfirmedBecomesADeadLetterThatCanBeSentAgain() {
        // given
        warmUp();
        read("AEP", START + 500, 812.3);

        // when
        read("AEP", START + 90, 1000);
        idle();

        // then
        TestRecord<byte[], byte[]> letter = deadLetters.readRecord();
        assertThat(new String(letter.key(), UTF_8)).isEqualTo("AEP");
        assertThat(Contract.json(letter.value()))
                .isEqualTo(Contract.json("{\"region\":\"AEP\",\"valid_time\":\"%s\",\"load_mw\":812.3}"
                        .formatted(EpochHour.start(START + 500))
                        .getBytes(UTF_8)));
        assertThat(letter.timestamp()).isEqualTo(EpochHour.start(START + 500).toEpochMilli());
        assertThat(header(letter, "loadcast_reason")).isEqualTo("unconfirmed");
        assertThat(header(letter, "loadcast_offset"))
                .as("of the reading that decided")
                .isEqualTo("91");
        assertThat(header(letter, "loadcast_detail"))
                .contains(
                        EpochHour.start(START + 500).toString(),
                        EpochHour.start(START + 89).toString(),
                        "loadcast.max-jump-hours");
        assertThat(deadLetters.isEmpty()).isTrue();
        assertThat(issuedRegions()).containsExactly("AEP");
        assertThat(counters.snapshot()).containsEntry("reading.unconfirmed", 1L).containsEntry("held.refused", 1L);
    }

    @Test
    void aCorrectionIssuesTheForecastAndTheScoreAgainUnderIdsOfTheirOwn() {
        // given
        warmUp();
        read("AEP", START + 90, 1000);
        idle();
        forecasts.readRecordsToList();
        accuracy.readRecordsToList();

        // when
        read("AEP", START + 90, 1100);
        idle();

        // then
        List<TestRecord<byte[], byte[]>> issued = forecasts.readRecordsToList();
        assertThat(issued).hasSize(1);
        assertThat(Contract.json(issued.get(0).value()).get("revision").asInt()).isEqualTo(1);
        assertThat(Contract.json(issued.get(0).value()).at("/p50_mw/0").asDouble())
                .isEqualTo(1100);
        assertThat(header(issued.get(0), "ce_id")).endsWith("/last-value@1.0/1");
        List<TestRecord<byte[], byte[]>> scored = accuracy.readRecordsToList();
        assertThat(scored).hasSize(3).allSatisfy(score -> {
            assertThat(Contract.json(score.value()).get("revision").asInt()).isEqualTo(1);
            assertThat(Contract.json(score.value()).get("actual_mw").asDouble()).isEqualTo(1100);
            assertThat(header(score, "ce_id")).endsWith("/last-value/1");
        });
        assertThat(counters.snapshot()).containsEntry("forecast.reissued", 1L);
        assertThat(counters.dueHours()).isZero();
    }

    @Test
    void aGapThatIsTooLongForTheModelIsAlertedAndClearedToTheRegionsPartition() {
        // given
        TestOutputTopic<byte[], byte[]> alerts = output(Topics.DEFAULT.alerts());
        warmUp();

        // when
        for (int hour = 97; hour < 200; hour++) {
            read("AEP", START + hour, 1000);
        }
        idle();

        // then
        List<TestRecord<byte[], byte[]>> both = alerts.readRecordsToList();
        assertThat(both)
                .hasSize(2)
                .allSatisfy(alert -> {
                    assertThat(new String(alert.key(), UTF_8)).isEqualTo("AEP");
                    assertThat(Contract.of("alert").violations(Contract.json(alert.value())))
                            .isEmpty();
                })
                .extracting(alert -> header(alert, "ce_id"))
                .containsExactly(
                        "feed-gap/AEP/" + EpochHour.start(START + 97) + "/raised",
                        "feed-gap/AEP/" + EpochHour.start(START + 97) + "/cleared");
        assertThat(Contract.json(both.get(1).value()).get("cleared_time").asText())
                .as("when six of the seven missing hours are left")
                .isEqualTo(EpochHour.start(START + 180).toString());
        assertThat(counters.snapshot())
                .containsEntry("alert.feed-gap.raised", 1L)
                .containsEntry("alert.feed-gap.cleared", 1L);
    }

    @Test
    void aNegativeTimestampIsTakenForZero() {
        // given
        String value = "{\"region\":\"AEP\",\"valid_time\":\"2018-01-01T00:00:00Z\",\"load_mw\":1}";
        NonNegativeTimestamp extractor = new NonNegativeTimestamp();

        // when
        long timestamp =
                extractor.extract(new org.apache.kafka.clients.consumer.ConsumerRecord<>("t", 0, 0L, "AEP", value), -1);

        // then
        assertThat(timestamp).isZero();
    }
}
