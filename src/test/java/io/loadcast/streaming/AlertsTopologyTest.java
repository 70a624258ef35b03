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
import io.loadcast.forecasting.IntakeRules;
import io.loadcast.forecasting.LastValueEngine;
import io.loadcast.forecasting.ScoredLeads;
import io.loadcast.forecasting.StateLayout;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Random;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.TestInputTopic;
import org.apache.kafka.streams.TestOutputTopic;
import org.apache.kafka.streams.TopologyTestDriver;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * Each rule through the real topology, by a feed that has to raise its alert and one that must not. The model says that the next hours are
 * as the last one, give or take 10 %; loads are 1,000 MW, give or take 2 %, so that it is right.
 */
class AlertsTopologyTest {
    private static final long START = EpochHour.containing(Instant.parse("2018-01-01T00:00:00Z"));
    private static final int WARM = 96;

    private final LastValueEngine engine = new LastValueEngine();
    private final Random noise = new Random(7);
    private TopologyTestDriver driver;
    private TestInputTopic<byte[], byte[]> readings;
    private TestOutputTopic<byte[], byte[]> alerts;

    private void start(String... settings) {
        Map<String, String> map = new HashMap<>();
        for (int i = 0; i < settings.length; i += 2) {
            map.put(settings[i], settings[i + 1]);
        }
        StreamsBuilder builder = new StreamsBuilder();
        LoadcastTopology.addTo(
                builder,
                new InstanceContext(Topics.DEFAULT, new Counters(), new OneOrigin(), ThreadPace.ofEachThread()),
                () -> new ForecastBatch(
                        engine, new RegionCalendars(Map.of(), CivilCalendar.UTC), ImputationLimits.DEFAULT, 1),
                new ForecastingSettings(
                        StateLayout.of(engine.manifest(), 24, ScoredLeads.DEFAULT),
                        IntakeRules.DEFAULT,
                        ReadingScope.ALL,
                        Duration.ofMillis(5),
                        AlertSettings.of(map),
                        Optional.empty()));
        Properties properties = new Properties();
        properties.put(StreamsConfig.APPLICATION_ID_CONFIG, "alerts");
        driver = new TopologyTestDriver(builder.build(properties), properties);
        readings = driver.createInputTopic(
                Topics.DEFAULT.readings(), new ByteArraySerializer(), new ByteArraySerializer());
        alerts = driver.createOutputTopic(
                Topics.DEFAULT.alerts(), new ByteArrayDeserializer(), new ByteArrayDeserializer());
    }

    @AfterEach
    void stop() {
        driver.close();
    }

    private void read(String region, long hour, double loadMw) {
        String value = "{\"region\":\"%s\",\"valid_time\":\"%s\",\"load_mw\":%s}"
                .formatted(region, EpochHour.start(START + hour), loadMw);
        readings.pipeInput(region.getBytes(UTF_8), value.getBytes(UTF_8));
    }

    private double usual() {
        return 1000 + 20 * (2 * noise.nextDouble() - 1);
    }

    private void usual(String region, long from, long to) {
        for (long hour = from; hour < to; hour++) {
            read(region, hour, usual());
        }
    }

    private void usualOfAll(long from, long to, String... regions) {
        for (long hour = from; hour < to; hour++) {
            for (String region : regions) {
                read(region, hour, usual());
            }
        }
    }

    /** Of the alerts that came since this was asked last, those of a kind, as {@code raised ID} and {@code cleared ID at TIME}. */
    private List<String> came(String kind) {
        Contract contract = Contract.of("alert");
        return alerts.readRecordsToList().stream()
                .map(record -> {
                    JsonNode alert = Contract.json(record.value());
                    assertThat(contract.violations(alert)).as(alert.toString()).isEmpty();
                    String key = alert.get("region").isNull()
                            ? alert.get("kind").asText()
                            : alert.get("region").asText();
                    assertThat(new String(record.key(), UTF_8)).isEqualTo(key);
                    return alert;
                })
                .filter(alert -> alert.get("kind").asText().equals(kind))
                .map(alert -> alert.get("cleared_time").isNull()
                        ? "raised " + alert.get("id").asText()
                        : "cleared " + alert.get("id").asText() + " at "
                                + alert.get("cleared_time").asText())
                .toList();
    }

    private static String at(long hour) {
        return EpochHour.start(START + hour).toString();
    }

    @Test
    void anOrdinaryFeedRaisesNothing() {
        // given
        start("peak-above.mw", "1100");

        // when
        usualOfAll(0, 24 * 30, "AEP", "DOM", "DUQ", "EKPC");

        // then
        assertThat(alerts.readRecordsToList()).isEmpty();
    }

    @Test
    void aLoadFarOutsideTheIntervalIsToldAtOnceAndOnceUntilLoadsAreInsideForSixHours() {
        // given
        start();
        usual("AEP", 0, WARM);

        // when
        read("AEP", WARM, 2000);
        read("AEP", WARM + 1, 900);
        List<String> atOnce = came("outside-interval");
        usual("AEP", WARM + 2, WARM + 8);
        List<String> tooSoon = came("outside-interval");
        usual("AEP", WARM + 8, WARM + 15);

        // then
        String id = "outside-interval/AEP/" + at(WARM);
        assertThat(atOnce).containsExactly("raised " + id);
        assertThat(tooSoon).isEmpty();
        assertThat(came("outside-interval")).containsExactly("cleared " + id + " at " + at(WARM + 8));
    }

    @Test
    void loadsOutsideTheIntervalForFiveHoursInARowAreTold() {
        // given
        start();
        usual("AEP", 0, WARM);

        // when
        double loadMw = 1000;
        for (int hour = 0; hour < 5; hour++) {
            loadMw *= 1.2;
            read("AEP", WARM + hour, loadMw);
        }

        // then
        assertThat(came("outside-interval")).containsExactly("raised outside-interval/AEP/" + at(WARM + 4));
    }

    @Test
    void loadsOutsideTheIntervalForFourHoursInARowAgainAndAgainAreNot() {
        // given
        start();
        usual("AEP", 0, WARM);

        // when
        double loadMw = 1000;
        for (int hour = 0; hour < 50; hour++) {
            loadMw *= hour % 5 == 4 ? 1 : hour / 5 % 2 == 0 ? 1.2 : 1 / 1.2;
            read("AEP", WARM + hour, loadMw);
        }

        // then
        assertThat(came("outside-interval")).isEmpty();
    }

    @Test
    void aForecastPeakAtTheNamedLoadIsToldOfThatRegionOnly() {
        // given
        start("regions.A.B.peak-above.mw", "1500");
        usualOfAll(0, WARM, "A.B", "DOM");

        // when
        for (int hour = 0; hour < 4; hour++) {
            read("A.B", WARM + hour, 1505);
            read("DOM", WARM + hour, 1505);
        }
        List<String> raised = came("peak-above");
        for (int hour = 4; hour < 24; hour++) {
            read("A.B", WARM + hour, hour % 2 == 0 ? 1505 : 1490);
        }
        List<String> whileItIsNear = came("peak-above");
        for (int hour = 24; hour < 30; hour++) {
            read("A.B", WARM + hour, 1400);
        }

        // then
        String id = "peak-above/A.B/" + at(WARM + 1);
        assertThat(raised).containsExactly("raised " + id);
        assertThat(whileItIsNear).isEmpty();
        assertThat(came("peak-above")).containsExactly("cleared " + id + " at " + at(WARM + 29));
    }

    @Test
    void aRegionThatIsNotReadWhileOthersAreIsToldAndClearedByItsNextReading() {
        // given
        start();
        usualOfAll(0, WARM, "AEP", "DOM", "DUQ", "EKPC");

        // when
        usualOfAll(WARM, WARM + 8, "AEP", "DOM", "DUQ");
        List<String> raised = came("feed-silent");
        usualOfAll(WARM + 8, WARM + 12, "AEP", "DOM", "DUQ");
        usual("EKPC", WARM, WARM + 12);

        // then
        // Six hours behind at hour 101, and at two advances more.
        String id = "feed-silent/EKPC/" + at(WARM + 7);
        assertThat(raised).containsExactly("raised " + id);
        assertThat(came("feed-silent")).containsExactly("cleared " + id + " at " + at(WARM + 11));
    }

    @Test
    void oneClockThatIsWrongMakesNoOtherRegionSilent() {
        // given
        start();
        usualOfAll(0, WARM, "AEP", "DOM", "DUQ", "EKPC");

        // when
        for (int hour = 0; hour < 10; hour++) {
            read("AEP", WARM + 500 + hour, 1000);
            usualOfAll(WARM + hour, WARM + hour + 1, "DOM", "DUQ", "EKPC");
        }

        // then
        assertThat(came("feed-silent")).isEmpty();
    }

    @Test
    void anOutageOfAllThatEndsForAllMakesNoneSilent() {
        // given
        start();
        usualOfAll(0, WARM, "AEP", "DOM", "DUQ", "EKPC");

        // when
        usualOfAll(WARM + 20, WARM + 40, "AEP", "DOM", "DUQ", "EKPC");

        // then
        assertThat(came("feed-silent")).isEmpty();
    }

    @Test
    void historyThatIsFedLaterIsNotSilent() {
        // given
        start();
        usualOfAll(500, 600, "AEP", "DOM", "DUQ");

        // when
        for (int hour = 0; hour < 50; hour++) {
            usual("EKPC", 2 * hour, 2 * hour + 2);
            usualOfAll(600 + 3 * hour, 600 + 3 * hour + 3, "AEP", "DOM", "DUQ");
        }

        // then
        assertThat(came("feed-silent")).isEmpty();
    }

    @Test
    void aLoadThatRepeatsIsToldAndClearedWhenItHasMovedForThreeHours() {
        // given
        start();
        usual("AEP", 0, WARM);

        // when
        for (int hour = 0; hour < 10; hour++) {
            read("AEP", WARM + hour, 1003);
        }
        usual("AEP", WARM + 10, WARM + 20);

        // then
        String id = "flatline/AEP/" + at(WARM + 5);
        assertThat(came("flatline")).containsExactly("raised " + id, "cleared " + id + " at " + at(WARM + 12));
    }

    @Test
    void aLoadThatRepeatsForFiveHoursIsNot() {
        // given
        start();
        usual("AEP", 0, WARM);

        // when
        for (int hour = 0; hour < 60; hour++) {
            read("AEP", WARM + hour, 1003 + hour / 5);
        }

        // then
        assertThat(came("flatline")).isEmpty();
    }

    @Test
    void aModelThatIsWorseThanTheBaselineDayByDayIsToldUntilItIsBetterForAsLong() {
        // given
        start();
        usual("AEP", 0, 24 * 10);

        // when
        engine.multiplyBy(1.3f);
        usual("AEP", 24 * 10, 24 * 16);
        List<String> worse = came("model-drift");
        engine.multiplyBy(1);
        usual("AEP", 24 * 16, 24 * 40);
        List<String> better = came("model-drift");

        // then
        // The first hours of the first day had been forecast the day before.
        String id = "model-drift/AEP/" + at(24 * 14 - 1);
        assertThat(worse).containsExactly("raised " + id);
        assertThat(better).singleElement().asString().startsWith("cleared " + id);
    }

    @Test
    void aModelThatIsWorseThanTheBaselineNowAndThenIsNot() {
        // given
        start();
        usual("AEP", 0, 24 * 10);

        // when
        for (int week = 0; week < 6; week++) {
            engine.multiplyBy(1.3f);
            usual("AEP", 24 * (10 + 7 * week), 24 * (11 + 7 * week));
            engine.multiplyBy(1);
            usual("AEP", 24 * (11 + 7 * week), 24 * (17 + 7 * week));
        }

        // then
        assertThat(came("model-drift")).isEmpty();
    }

    @Test
    void anIntervalThatHasLostItsCoverageIsToldUntilItIsBack() {
        // given
        start();
        usual("AEP", 0, 24 * 20);

        // when
        engine.multiplyBy(1.3f);
        usual("AEP", 24 * 20, 24 * 27);
        List<String> lost = came("coverage-lost");
        engine.multiplyBy(1);
        usual("AEP", 24 * 27, 24 * 35);
        List<String> back = came("coverage-lost");

        // then
        // A day until the first of them is scored; 84 of 168 hours are half; then a day below that.
        String id = "coverage-lost/AEP/" + at(24 * 20 + 24 + 85 - 1 + 24 - 1);
        assertThat(lost).containsExactly("raised " + id);
        assertThat(back).singleElement().asString().startsWith("cleared " + id);
    }

    @Test
    void anIntervalThatMissesFourLoadsOfTenIsNot() {
        // given
        start();
        usual("AEP", 0, 24 * 20);

        // when
        for (int day = 20; day < 60; day++) {
            engine.multiplyBy(day % 5 < 2 ? 1.3f : 1);
            usual("AEP", 24 * day, 24 * day + 24);
        }

        // then
        assertThat(came("coverage-lost")).isEmpty();
    }

    private void deadLetters(int count) {
        for (int i = 0; i < count; i++) {
            readings.pipeInput("AEP".getBytes(UTF_8), "no reading".getBytes(UTF_8));
        }
    }

    @Test
    void tooManyDeadLettersOfABlockOfRecordsAreToldUntilABlockHasFew() {
        // given
        start();
        usual("AEP", 0, 100); // offsets 0 to 99

        // when
        deadLetters(40); // to 139
        List<String> raised = came("dead-letters");
        usual("AEP", 100, 960); // to 999
        deadLetters(1); // 1000
        List<String> tooSoon = came("dead-letters");
        usual("AEP", 960, 960 + 1000);

        // then
        String id = "dead-letters/0/" + at(99) + "/0";
        assertThat(raised).containsExactly("raised " + id);
        assertThat(tooSoon).isEmpty();
        assertThat(came("dead-letters")).containsExactly("cleared " + id + " at " + at(960 + 998));
    }

    @Test
    void deadLettersOfATimestampThatCannotBeAreToldToo() {
        // given
        start();

        // when
        for (int i = 0; i < 20; i++) {
            readings.pipeInput("AEP".getBytes(UTF_8), "no reading".getBytes(UTF_8), Long.MAX_VALUE);
        }

        // then
        assertThat(came("dead-letters")).containsExactly("raised dead-letters/0/1970-01-01T00:00:00Z/0");
    }

    @Test
    void aFewDeadLettersOfEachBlockAreNot() {
        // given
        start();

        // when
        for (int block = 0; block < 3; block++) {
            deadLetters(19);
            usual("AEP", 981 * block, 981 * block + 981);
        }

        // then
        assertThat(came("dead-letters")).isEmpty();
    }

    @Test
    void aRuleThatIsOffForARegionRaisesNothingThere() {
        // given
        start("regions.DOM.outside-interval.enabled", "false", "regions.DOM.flatline.enabled", "false");
        usualOfAll(0, WARM, "AEP", "DOM");

        // when
        for (int hour = 0; hour < 6; hour++) {
            read("AEP", WARM + hour, 2000);
            read("DOM", WARM + hour, 2000);
        }

        // then
        assertThat(alerts.readRecordsToList())
                .extracting(record -> Contract.json(record.value()).get("id").asText())
                .containsExactlyInAnyOrder("outside-interval/AEP/" + at(WARM), "flatline/AEP/" + at(WARM + 5));
    }
}
