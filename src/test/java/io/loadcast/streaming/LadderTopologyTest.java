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
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Random;
import java.util.function.LongToDoubleFunction;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.TestInputTopic;
import org.apache.kafka.streams.TestOutputTopic;
import org.apache.kafka.streams.TopologyTestDriver;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Each rung of the ladder, and each reason to climb down to it, through the topology that serves. */
class LadderTopologyTest {
    private static final Duration LINGER = Duration.ofMillis(5);
    /** A Monday. */
    private static final long START = EpochHour.containing(Instant.parse("2018-01-01T00:00:00Z"));

    private static final int DAY = 24;

    @TempDir
    private Path stateDirectory;

    private final Counters counters = new Counters();
    private final LastValueEngine engine = new LastValueEngine();
    private TopologyTestDriver driver;
    private TestInputTopic<byte[], byte[]> readings;
    private TestOutputTopic<byte[], byte[]> forecasts;

    private void start(LastValueEngine served, CivilCalendar calendar) {
        StreamsBuilder builder = new StreamsBuilder();
        LoadcastTopology.addTo(
                builder,
                new InstanceContext(Topics.DEFAULT, counters, new OneOrigin(), ThreadPace.ofEachThread()),
                () -> new ForecastBatch(served, new RegionCalendars(Map.of(), calendar), ImputationLimits.DEFAULT, 16),
                new ForecastingSettings(
                        StateLayout.of(served.manifest(), 24, ScoredLeads.DEFAULT),
                        IntakeRules.DEFAULT,
                        ReadingScope.ALL,
                        LINGER,
                        AlertSettings.DEFAULT,
                        Optional.empty()));
        Properties properties = new Properties();
        properties.put(StreamsConfig.APPLICATION_ID_CONFIG, "ladder");
        properties.put(StreamsConfig.STATE_DIR_CONFIG, stateDirectory.toString());
        driver = new TopologyTestDriver(builder.build(properties), properties);
        readings = driver.createInputTopic(
                Topics.DEFAULT.readings(), new ByteArraySerializer(), new ByteArraySerializer());
        forecasts = driver.createOutputTopic(
                Topics.DEFAULT.forecasts(), new ByteArrayDeserializer(), new ByteArrayDeserializer());
    }

    @AfterEach
    void stop() {
        driver.close();
    }

    /** Reads hours one after the other. */
    private List<JsonNode> read(long from, long to, LongToDoubleFunction loadMw) {
        for (long hour = from; hour < to; hour++) {
            String value = "{\"region\":\"AEP\",\"valid_time\":\"%s\",\"load_mw\":%s}"
                    .formatted(EpochHour.start(hour), Math.round(10 * loadMw.applyAsDouble(hour)) / 10.0);
            readings.pipeInput("AEP".getBytes(UTF_8), value.getBytes(UTF_8));
        }
        driver.advanceWallClockTime(LINGER);
        driver.advanceWallClockTime(LINGER);
        List<JsonNode> issued = new ArrayList<>();
        for (byte[] forecast : forecasts.readValuesToList()) {
            JsonNode json = Contract.json(forecast);
            assertThat(Contract.of("forecast").violations(json)).isEmpty();
            issued.add(json);
        }
        return issued;
    }

    private JsonNode newestOf(long from, long to, LongToDoubleFunction loadMw) {
        List<JsonNode> issued = read(from, to, loadMw);
        return issued.get(issued.size() - 1);
    }

    /** Alike from week to week, with a day's course and quiet week-ends. */
    private static double week(ZonedDateTime time) {
        double day = 1 + 0.25 * Math.sin(time.getHour() * Math.PI / 12);
        return 1000 * day * (time.getDayOfWeek().getValue() > 5 ? 0.7 : 1);
    }

    private static double week(long hour) {
        return week(EpochHour.start(hour).atZone(ZoneId.of("UTC")));
    }

    private static void assertSays(JsonNode forecast, String method, String reason) {
        assertThat(forecast.get("quality").asText()).isEqualTo("fallback");
        assertThat(forecast.get("method").asText()).isEqualTo(method);
        assertThat(forecast.get("reason").asText()).isEqualTo(reason);
    }

    private static void assertForecasts(JsonNode forecast, LongToDoubleFunction expectedMw) {
        long issueHour =
                EpochHour.containing(Instant.parse(forecast.get("issue_time").asText()));
        for (int lead = 1; lead <= 24; lead++) {
            assertThat(forecast.get("p50_mw").get(lead - 1).asDouble())
                    .as("%d hours ahead", lead)
                    .isCloseTo(expectedMw.applyAsDouble(issueHour + lead), Percentage.withPercentage(1));
        }
    }

    @Test
    void aModelThatGivesNoNumberIsTold() {
        // given
        start(engine, CivilCalendar.UTC);
        read(START, START + 100, LadderTopologyTest::week);

        // when: three forecasts in a row are not the model's, and then three are again
        engine.multiplyBy(Float.NaN);
        read(START + 100, START + 103, LadderTopologyTest::week);
        engine.multiplyBy(1);
        read(START + 103, START + 106, LadderTopologyTest::week);

        // then
        assertThat(counters.snapshot())
                .containsEntry("alert.fallback-in-use.raised", 1L)
                .containsEntry("alert.fallback-in-use.cleared", 1L);
    }

    @Test
    void theModelStandsOnTopAndSaysSo() {
        // given
        start(engine, CivilCalendar.UTC);

        // when
        JsonNode forecast = newestOf(START, START + 90, LadderTopologyTest::week);

        // then
        assertThat(forecast.get("quality").asText()).isEqualTo("ok");
        assertThat(forecast.get("method").asText()).isEqualTo("model");
        assertThat(forecast.has("reason")).isFalse();
        assertThat(counters.snapshot())
                .containsEntry("forecast.method.model", 1L)
                .containsEntry("forecast.method.ratio", 66L)
                .containsEntry("forecast.method.last-value", 23L)
                .containsEntry("forecast.fallback.warming-up", 89L);
    }

    @Test
    void afterAGapOfDaysTheHoursOfTheWeekStandInAtOnce() {
        // given
        start(engine, CivilCalendar.UTC);
        read(START, START + 10 * DAY, LadderTopologyTest::week);
        long back = START + 10 * DAY + 200;

        // when: the region comes back at another level
        JsonNode forecast = newestOf(back, back + 2, hour -> 1.1 * week(hour));

        // then
        assertSays(forecast, "hour-of-week", "88 hours in a row missing, at most 6 are imputed");
        assertForecasts(forecast, hour -> 1.1 * week(hour));
        assertThat(counters.snapshot()).containsEntry("forecast.fallback.long-gap", 2L);
    }

    @Test
    void theHoursOfTheWeekAreThoseOfTheRegionsOwnClock() {
        // given: the clocks go back in the night to Sunday, the 4th of November
        ZoneId zone = ZoneId.of("America/New_York");
        LongToDoubleFunction local = hour -> week(EpochHour.start(hour).atZone(zone));
        long first = EpochHour.containing(Instant.parse("2018-10-22T04:00:00Z"));
        start(engine, CivilCalendar.withoutHolidays(zone));
        read(first, first + 12 * DAY, local);
        long back = EpochHour.containing(Instant.parse("2018-11-05T20:00:00Z"));

        // when
        JsonNode forecast = newestOf(back, back + 2, local);

        // then
        assertThat(forecast.get("method").asText()).isEqualTo("hour-of-week");
        assertForecasts(forecast, local);
    }

    @Test
    void inTheFirstDayTheLastValueStandsInAndFromTheSecondTheDayBefore() {
        // given
        start(engine, CivilCalendar.UTC);

        // when
        List<JsonNode> firstDay = read(START, START + 23, LadderTopologyTest::week);
        JsonNode second = newestOf(START + 23, START + 30, LadderTopologyTest::week);

        // then
        assertThat(firstDay).hasSize(23);
        assertSays(
                firstDay.get(0), "last-value", "warming up: 1 of 90 hours read; too little for hour-of-week and ratio");
        assertThat(firstDay.get(22).get("p50_mw").get(23).asDouble())
                .isEqualTo(firstDay.get(22).get("p50_mw").get(0).asDouble());
        assertSays(second, "ratio", "warming up: 30 of 90 hours read; too little for hour-of-week");
        assertForecasts(second, LadderTopologyTest::week);
    }

    @Test
    void whereNoHourIsLikeThatOfTheDayBeforeTheLastValueIsChosenByItsScore() {
        // given: a load without a course
        start(engine, CivilCalendar.UTC);
        double[] loadMw = new Random(7).doubles(80, 900, 1100).toArray();

        // when
        JsonNode forecast = newestOf(START, START + loadMw.length, hour -> loadMw[(int) (hour - START)]);

        // then
        assertThat(forecast.get("method").asText()).isEqualTo("last-value");
        assertThat(forecast.get("reason").asText())
                .matches("warming up: 80 of 90 hours read; too little for hour-of-week;"
                        + " last-value \\d+\\.\\d % against ratio \\d+\\.\\d % here");
    }

    @Test
    void whereThisWeekIsNotLikeTheLastTheDayBeforeIsChosenByItsScore() {
        // given: the course of the day turns round after a week
        start(engine, CivilCalendar.UTC);
        LongToDoubleFunction turned =
                hour -> 1000 + (hour < START + 7 * DAY ? 250 : -250) * Math.sin((hour - START) * Math.PI / 12);
        read(START, START + 12 * DAY, turned);
        engine.multiplyBy(Float.NaN);

        // when
        JsonNode forecast = newestOf(START + 12 * DAY, START + 12 * DAY + 1, turned);

        // then
        assertThat(forecast.get("method").asText()).isEqualTo("ratio");
        assertThat(forecast.get("reason").asText())
                .matches("the model gave a load that is not finite;"
                        + " ratio \\d+\\.\\d % against hour-of-week \\d+\\.\\d % here");
        assertForecasts(forecast, turned);
    }

    @Test
    void whatTheModelGivesThatIsNotFiniteIsNeverPublished() {
        // given
        start(engine, CivilCalendar.UTC);
        read(START, START + 10 * DAY, LadderTopologyTest::week);
        engine.multiplyBy(Float.POSITIVE_INFINITY);

        // when
        JsonNode forecast = newestOf(START + 10 * DAY, START + 10 * DAY + 1, LadderTopologyTest::week);

        // then
        assertSays(forecast, "hour-of-week", "the model gave a load that is not finite");
        assertForecasts(forecast, LadderTopologyTest::week);
        assertThat(counters.snapshot()).containsEntry("forecast.fallback.not-finite", 1L);
    }

    @Test
    void aRegionThatTheModelDoesNotKnowClimbsTheLadderWithoutIt() {
        // given
        start(LastValueEngine.ofNextHour("DUQ"), CivilCalendar.UTC);

        // when
        List<JsonNode> issued = read(START, START + 14 * DAY, LadderTopologyTest::week);

        // then
        assertThat(issued).hasSize(14 * DAY);
        assertSays(
                issued.get(0),
                "last-value",
                "model last-value was not trained on the region; too little for hour-of-week and ratio");
        assertThat(issued.get(DAY + 12).get("method").asText()).isEqualTo("ratio");
        assertSays(issued.get(14 * DAY - 1), "hour-of-week", "model last-value was not trained on the region");
        assertThat(counters.snapshot())
                .containsEntry("forecast.fallback.unknown-region", 14L * DAY)
                .containsEntry("forecast.method.model", 0L);
    }
}
