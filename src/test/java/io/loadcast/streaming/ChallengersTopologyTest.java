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
import io.loadcast.forecasting.ModelSnapshot;
import io.loadcast.forecasting.PromotionRule;
import io.loadcast.forecasting.ScoredLeads;
import io.loadcast.forecasting.ServedModels;
import io.loadcast.forecasting.StateLayout;
import io.loadcast.forecasting.VersionedEngine;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.TestInputTopic;
import org.apache.kafka.streams.TestOutputTopic;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.test.TestRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A champion that errs, beside a challenger that errs less, through the real topology. */
class ChallengersTopologyTest {
    private static final long START = EpochHour.containing(Instant.parse("2018-01-01T00:00:00Z"));

    private final VersionedEngine champion = new VersionedEngine("a", 1.05f);
    private final VersionedEngine challenger = new VersionedEngine("b", 1);
    private final ServedModels models = new ServedModels(ModelSnapshot.of(champion));
    private final Counters counters = new Counters();
    private final List<String> assigned = new ArrayList<>();
    private TopologyTestDriver driver;
    private TestInputTopic<byte[], byte[]> readings;
    private TestOutputTopic<byte[], byte[]> forecasts;
    private TestOutputTopic<byte[], byte[]> accuracy;
    private TestOutputTopic<byte[], byte[]> alerts;

    private void start(Optional<RegionPromotion> promotion) {
        StreamsBuilder builder = new StreamsBuilder();
        StateLayout layout = StateLayout.of(champion.manifest(), 24, ScoredLeads.DEFAULT);
        LoadcastTopology.addTo(
                builder,
                new InstanceContext(Topics.DEFAULT, counters, new OneOrigin(), ThreadPace.ofEachThread()),
                () -> new ForecastBatch(
                        models, new RegionCalendars(Map.of(), CivilCalendar.UTC), ImputationLimits.DEFAULT, 1),
                new ForecastingSettings(
                        layout,
                        IntakeRules.DEFAULT,
                        ReadingScope.ALL,
                        Duration.ofMillis(5),
                        AlertSettings.OFF,
                        promotion));
        Properties properties = new Properties();
        properties.put(StreamsConfig.APPLICATION_ID_CONFIG, "challengers");
        driver = new TopologyTestDriver(builder.build(properties), properties);
        readings = driver.createInputTopic(
                Topics.DEFAULT.readings(), new ByteArraySerializer(), new ByteArraySerializer());
        forecasts = output(Topics.DEFAULT.forecasts());
        accuracy = output(Topics.DEFAULT.accuracy());
        alerts = output(Topics.DEFAULT.alerts());
    }

    private TestOutputTopic<byte[], byte[]> output(String topic) {
        return driver.createOutputTopic(topic, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    }

    private RegionPromotion promotion() {
        return new RegionPromotion(new PromotionRule(48, 0.02), (promotion, now) -> {
            String text = promotion.challenger().version() + " for "
                    + promotion.champion().version();
            boolean isRollback = assigned.contains(promotion.champion().version() + " for "
                    + promotion.challenger().version());
            assigned.add(text);
            return new RegionPromotion.Assignment("assignment/" + promotion.region(), text.getBytes(UTF_8), isRollback);
        });
    }

    @AfterEach
    void stop() {
        driver.close();
    }

    private void read(int from, int to) {
        for (int hour = from; hour < to; hour++) {
            String value = "{\"region\":\"AEP\",\"valid_time\":\"%s\",\"load_mw\":%d}"
                    .formatted(EpochHour.start(START + hour), 1000 + hour % 7);
            readings.pipeInput("AEP".getBytes(UTF_8), value.getBytes(UTF_8));
        }
    }

    private void putInForce(ForecastEngine next, ForecastEngine... challengers) {
        models.publish(new ModelSnapshot(next, Map.of(), List.of(challengers), Map.of()));
    }

    private static String id(TestRecord<byte[], byte[]> record) {
        return new String(record.headers().lastHeader("ce_id").value(), UTF_8);
    }

    @Test
    void aChallengersScoresAreOnTheAccuracyTopicAndNothingOfItIsPublished() {
        // given
        start(Optional.empty());
        putInForce(champion, challenger);

        // when
        read(0, 150);

        // then
        assertThat(forecasts.readRecordsToList())
                .hasSizeGreaterThan(100)
                .allSatisfy(record -> assertThat(Contract.json(record.value())
                                .at("/model/version")
                                .asText())
                        .isEqualTo("a"));
        Contract contract = Contract.of("accuracy");
        List<TestRecord<byte[], byte[]>> scores = accuracy.readRecordsToList();
        assertThat(scores).extracting(ChallengersTopologyTest::id).doesNotHaveDuplicates();
        List<JsonNode> challengers = new ArrayList<>();
        List<JsonNode> champions = new ArrayList<>();
        for (TestRecord<byte[], byte[]> record : scores) {
            JsonNode score = Contract.json(record.value());
            assertThat(contract.violations(score)).isEmpty();
            assertThat(new String(record.key(), UTF_8)).isEqualTo("AEP");
            boolean isChallenger = score.get("role").asText().equals("challenger");
            (isChallenger ? challengers : champions).add(score);
            assertThat(id(record))
                    .isEqualTo("AEP/" + score.get("valid_time").asText() + "/"
                            + score.get("lead_hours").asInt() + "h/last-value"
                            + (isChallenger ? "@b/bbbbbbbbbbbb/challenger/0" : "/0"));
        }
        assertThat(champions)
                .isNotEmpty()
                .allSatisfy(
                        score -> assertThat(score.get("model_sha256").asText()).isEqualTo("a".repeat(64)));
        assertThat(challengers)
                .hasSize(60 + 37)
                .allSatisfy(
                        score -> assertThat(score.get("model_version").asText()).isEqualTo("b"));
        JsonNode newest = challengers.get(challengers.size() - 1);
        assertThat(newest.get("smape_24h_pct").asDouble()).isLessThan(1);
        assertThat(champions.get(champions.size() - 1).get("smape_24h_pct").asDouble())
                .isGreaterThan(4);
        assertThat(counters.snapshot().get("challenger.score")).isEqualTo(60 + 37);
        assertThat(alerts.isEmpty()).isTrue();
    }

    @Test
    void aBetterChallengerIsPromotedOnceAndOneThatTurnsOutWorseIsRolledBack() {
        // given
        start(Optional.of(promotion()));
        TestOutputTopic<byte[], byte[]> modelsTopic = output(Topics.DEFAULT.models());
        putInForce(champion, challenger);

        // when
        read(0, 300);

        // then
        assertThat(modelsTopic.readRecordsToList()).singleElement().satisfies(record -> {
            assertThat(new String(record.key(), UTF_8)).isEqualTo("assignment/AEP");
            assertThat(new String(record.value(), UTF_8)).isEqualTo("b for a");
        });
        assertThat(alertsOf("model-promoted")).hasSize(2).allSatisfy(alert -> {
            assertThat(alert.get("severity").asText()).isEqualTo("info");
            assertThat(alert.at("/evidence/challenger").asText()).isEqualTo("last-value@b");
            assertThat(Integer.parseInt(alert.at("/evidence/hours").asText())).isBetween(36, 48);
            assertThat(Double.parseDouble(alert.at("/evidence/p_value").asText()))
                    .isLessThan(0.05);
        });

        // when
        putInForce(challenger, champion);
        champion.multiplyBy(1);
        challenger.multiplyBy(1.05f);
        read(300, 500);

        // then
        assertThat(modelsTopic.readRecordsToList())
                .singleElement()
                .satisfies(
                        record -> assertThat(new String(record.value(), UTF_8)).isEqualTo("a for b"));
        assertThat(alertsOf("model-rolled-back")).hasSize(2);
        assertThat(counters.snapshot().get("challenger.promoted")).isEqualTo(1);
        assertThat(counters.snapshot().get("challenger.rolled-back")).isEqualTo(1);
    }

    private List<JsonNode> alertsOf(String kind) {
        Contract contract = Contract.of("alert");
        return alerts.readRecordsToList().stream()
                .map(record -> Contract.json(record.value()))
                .peek(alert -> assertThat(contract.violations(alert)).isEmpty())
                .filter(alert -> alert.get("kind").asText().equals(kind))
                .toList();
    }
}
