package io.loadcast.app;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.loadcast.domain.Calendar;
import io.loadcast.domain.CivilCalendar;
import io.loadcast.domain.EpochHour;
import io.loadcast.domain.Megawatts;
import io.loadcast.domain.Quantile;
import io.loadcast.domain.Region;
import io.loadcast.forecasting.ForecastEngine;
import io.loadcast.forecasting.ServedModels;
import io.loadcast.forecasting.WindowBatch;
import io.loadcast.streaming.OneOrigin;
import io.loadcast.streaming.Topics;
import io.micronaut.configuration.kafka.streams.ConfiguredStreamBuilder;
import io.micronaut.context.ApplicationContext;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.stream.IntStream;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.TestInputTopic;
import org.apache.kafka.streams.TestOutputTopic;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.kstream.KStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The serving topology by its settings, on the shipped model: each region is forecast by the clock of its own zone. */
class RegionZonesTest {
    private static final int LOOKBACK = 90;
    private static final int HORIZON = 24;

    /** Autumn of Berlin, an ordinary night of the others; the hours of issue lie on both sides. */
    private static final long CHANGE = EpochHour.containing(Instant.parse("2024-10-27T01:00:00Z"));

    private static final Map<String, String> ZONES = Map.of(
            "berlin", "Europe/Berlin",
            "new.york", "America/New_York",
            "howe", "Australia/Lord_Howe",
            "elsewhere", "Asia/Kathmandu");

    @TempDir
    Path directory;

    @Test
    void theZoneOfTheSettingsIsTheZoneOfTheForecast() throws IOException {
        // given
        Map<String, Object> settings = new HashMap<>(Map.of(
                "kafka.bootstrap.servers", "127.0.0.1:9",
                "kafka.streams.default.start-kafka-streams", false,
                "loadcast.device", "cpu",
                "loadcast.default-holidays", "none",
                "loadcast.default-zone", ZONES.get("elsewhere")));
        ZONES.forEach((region, zone) -> {
            if (!region.equals("elsewhere")) {
                settings.put("loadcast.regions." + region + ".zone", zone);
            }
        });

        try (ApplicationContext context = LoadcastServer.contextOf(settings, Optional.empty())
                .singletons(new OneOrigin())
                .start()) {
            // when
            Map<String, List<JsonNode>> forecasts = forecastsOf(context);

            // then
            ForecastEngine engine =
                    context.getBean(ServedModels.class).inForce().champion();
            assertThat(forecasts).containsOnlyKeys(ZONES.keySet());
            for (Map.Entry<String, String> region : ZONES.entrySet()) {
                List<JsonNode> ofRegion = forecasts.get(region.getKey());
                assertThat(ofRegion).hasSize(HORIZON + 3);
                for (int i = 0; i < ofRegion.size(); i++) {
                    long issueHour = CHANGE - HORIZON - 1 + i;
                    JsonNode forecast = ofRegion.get(i);
                    assertThat(forecast.path("issue_time").asText())
                            .isEqualTo(EpochHour.start(issueHour).toString());
                    assertThat(numbers(forecast.path("lead_hours")))
                            .containsExactlyElementsOf(IntStream.rangeClosed(1, HORIZON)
                                    .mapToObj(lead -> (double) lead)
                                    .toList());
                    List<Double> p50Mw = numbers(forecast.path("p50_mw"));
                    assertThat(largestDifference(
                                    p50Mw, medianMw(engine, region.getKey(), ZoneId.of(region.getValue()), issueHour)))
                            .as("%s at %s", region.getKey(), forecast.path("issue_time"))
                            .isZero();
                    assertThat(largestDifference(p50Mw, medianMw(engine, region.getKey(), ZoneId.of("UTC"), issueHour)))
                            .isGreaterThan(10);
                }
            }
        }
    }

    private Map<String, List<JsonNode>> forecastsOf(ApplicationContext context) throws IOException {
        context.getBean(KStream.class);
        Properties properties = new Properties();
        properties.put(StreamsConfig.APPLICATION_ID_CONFIG, "zones");
        properties.put(StreamsConfig.STATE_DIR_CONFIG, directory.toString());
        Map<String, List<JsonNode>> forecasts = new HashMap<>();
        try (TopologyTestDriver driver = new TopologyTestDriver(
                context.getBean(ConfiguredStreamBuilder.class).build(properties), properties)) {
            TestInputTopic<byte[], byte[]> readings = driver.createInputTopic(
                    Topics.DEFAULT.readings(), new ByteArraySerializer(), new ByteArraySerializer());
            TestOutputTopic<byte[], byte[]> output = driver.createOutputTopic(
                    Topics.DEFAULT.forecasts(), new ByteArrayDeserializer(), new ByteArrayDeserializer());
            for (long hour = CHANGE - HORIZON - LOOKBACK; hour <= CHANGE + 1; hour++) {
                for (String region : ZONES.keySet()) {
                    String value = "{\"region\":\"%s\",\"valid_time\":\"%s\",\"load_mw\":%s}"
                            .formatted(region, EpochHour.start(hour), loadMw(hour));
                    readings.pipeInput(region.getBytes(UTF_8), value.getBytes(UTF_8));
                }
            }
            driver.advanceWallClockTime(Duration.ofSeconds(1));
            driver.advanceWallClockTime(Duration.ofSeconds(1));
            for (byte[] value : output.readValuesToList()) {
                JsonNode forecast = new ObjectMapper().readTree(value);
                if (forecast.path("quality").asText().equals("fallback")) {
                    continue; // of the warm-up, without the model
                }
                forecasts
                        .computeIfAbsent(forecast.path("region").asText(), region -> new ArrayList<>())
                        .add(forecast);
            }
        }
        return forecasts;
    }

    private static float loadMw(long hour) {
        return (float) (20_000 + 4_000 * Math.sin(2 * Math.PI * hour / 24));
    }

    /** What the model says of one window with the calendar of the zone. */
    private static List<Double> medianMw(ForecastEngine engine, String region, ZoneId zone, long issueHour) {
        WindowBatch batch = new WindowBatch(engine.manifest(), 1);
        float[] loads = new float[LOOKBACK];
        for (int i = 0; i < LOOKBACK; i++) {
            loads[i] = loadMw(issueHour - LOOKBACK + 1 + i);
        }
        Calendar calendar = new Calendar(
                CivilCalendar.withoutHolidays(zone), engine.manifest().calendarFeatures());
        batch.add(new Region(region), loads, issueHour, calendar);
        engine.run(batch);
        int p50 = engine.manifest().quantiles().indexOf(Quantile.P50);
        return IntStream.rangeClosed(1, HORIZON)
                .mapToObj(lead -> Megawatts.published(batch.quantileMw(0, lead, p50)))
                .toList();
    }

    private static double largestDifference(List<Double> some, List<Double> others) {
        assertThat(some).hasSameSizeAs(others);
        return IntStream.range(0, some.size())
                .mapToDouble(i -> Math.abs(some.get(i) - others.get(i)))
                .max()
                .orElseThrow();
    }

    private static List<Double> numbers(JsonNode array) {
        List<Double> numbers = new ArrayList<>();
        array.forEach(number -> numbers.add(number.asDouble()));
        return numbers;
    }
}
