package io.loadcast.models;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.loadcast.Contract;
import io.loadcast.app.LoadcastServer;
import io.loadcast.app.ServedBroker;
import io.loadcast.dataset.HourlySeries;
import io.loadcast.domain.Region;
import io.loadcast.feed.Speed;
import io.loadcast.feed.SyntheticGrid;
import io.loadcast.forecasting.ModelId;
import io.loadcast.forecasting.PromotionRule;
import io.loadcast.inference.ModelFile;
import io.loadcast.inference.TestModels;
import io.loadcast.models.ModelChanges.Role;
import io.loadcast.streaming.Topics;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two real models beside each other, through a real broker: the shipped one, and one that repeats the last load. */
class ChallengersIT {
    private static final Topics TOPICS = Topics.DEFAULT;
    private static final Instant END = Instant.parse("2024-04-10T00:00:00Z");
    private static final Instant NOW = Instant.parse("2026-11-22T20:00:00Z");
    private static final int REGIONS = 2;
    private static final int HOURS = 400;

    @TempDir
    Path directory;

    private final List<HourlySeries> grid =
            new SyntheticGrid(REGIONS, ZoneId.of("UTC"), 11).seriesBefore(END, 2 * HOURS);
    private ServedBroker broker;
    private LoadcastServer server;
    private ModelId persistence;

    @BeforeEach
    void start() {
        broker = ServedBroker.start(directory);
    }

    @AfterEach
    void stop() {
        server.close();
        broker.close();
    }

    private void serve(Map<String, Object> more) {
        Map<String, Object> settings = new HashMap<>(more);
        settings.put("kafka.streams.default.num.stream.threads", 1);
        server = broker.serve(settings);
    }

    @Test
    void aChallengerIsScoredJudgedPromotedAndRolledBack() {
        // given
        serve(Map.of());
        persistence =
                broker.publish(TestModels.persistenceAs("persistence", "1"), Role.CHALLENGER, List.of(ModelScope.ALL));
        awaitChallengers(1);

        // when
        feed(0, HOURS);

        // then
        List<JsonNode> scores = scores();
        assertThat(of(scores, "champion")).extracting(score -> sha256(score)).containsOnly(shipped());
        assertThat(of(scores, "challenger"))
                .hasSizeGreaterThan(REGIONS * 2 * (HOURS - 150))
                .extracting(score -> sha256(score))
                .containsOnly(persistence.sha256());
        assertThat(forecastsBy(persistence)).isZero();
        assertThat(compared()).singleElement().satisfies(row -> {
            assertThat(row.champion()).isEqualTo("gru-attention@1");
            assertThat(row.challenger()).isEqualTo("persistence@1");
            assertThat(row.regions()).isEqualTo(REGIONS);
            assertThat(row.verdict().hours()).isEqualTo(168);
            assertThat(row.verdict().isBetter()).isFalse();
            assertThat(row.verdict().challengerPct())
                    .isGreaterThan(row.verdict().championPct());
        });

        // when
        broker.changeModels(catalog -> ModelChanges.promoteOver(catalog, shipped(), persistence.sha256(), NOW));
        awaitInForce(persistence.sha256());
        feed(HOURS, 2 * HOURS);

        // then
        assertThat(forecastsBy(persistence)).isEqualTo(REGIONS * HOURS);
        ChallengerComparison.Row back = compared().get(0);
        assertThat(back.challengerSha256()).isEqualTo(shipped());
        assertThat(back.verdict().isBetter()).as(back.toString()).isTrue();

        // when
        broker.changeModels(catalog -> ModelChanges.promoteOver(catalog, persistence.sha256(), shipped(), NOW));

        // then
        awaitInForce(shipped());
        assertThat(alerts()).isEmpty();
    }

    @Test
    void eachRegionPromotesTheBetterModelByItself() {
        // given
        serve(Map.of("loadcast.challengers.promotion", "region", "loadcast.challengers.hours", 72));
        persistence =
                broker.publish(TestModels.persistenceAs("persistence", "1"), Role.CHAMPION, List.of(ModelScope.ALL));
        broker.changeModels(catalog -> List.of(ModelChanges.assigned(
                ModelScope.ALL, new ModelAssignment(persistence.sha256(), List.of(), List.of(shipped()), NOW))));
        awaitInForce(persistence.sha256());
        awaitChallengers(1);

        // when
        feed(0, HOURS);

        // then
        Awaitility.await()
                .atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> assertThat(List.of(1, 2))
                        .allSatisfy(number -> assertThat(server.models()
                                        .inForce()
                                        .champion(new Region("SYN_000" + number))
                                        .model()
                                        .sha256())
                                .isEqualTo(shipped())));
        assertThat(server.model()).as("of all other regions").isEqualTo(persistence);
        assertThat(alerts()).hasSize(2 * REGIONS).allSatisfy(alert -> {
            assertThat(Contract.of("alert").violations(alert)).isEmpty();
            assertThat(alert.get("kind").asText()).isEqualTo("model-promoted");
            assertThat(alert.at("/evidence/challenger").asText()).isEqualTo("gru-attention@1");
        });
        int before = forecastsBy(persistence);
        feed(HOURS, HOURS + 50);
        assertThat(forecastsBy(persistence)).isEqualTo(before);
        assertThat(server.models().inForce().challengers(new Region("SYN_0001")))
                .extracting(engine -> engine.model().sha256())
                .as("the former champion challenges")
                .containsExactly(persistence.sha256());
    }

    private static String shipped() {
        return ModelFile.shipped().id().sha256();
    }

    private List<ChallengerComparison.Row> compared() {
        return AccuracyTopic.compare(
                Map.of("bootstrap.servers", broker.servers()), TOPICS.accuracy(), PromotionRule.DEFAULT);
    }

    private void feed(int from, int to) {
        broker.feed(grid.stream().map(series -> series.slice(from, to)).toList(), Speed.MAX);
        broker.awaitForecasts(REGIONS * to);
    }

    private void awaitInForce(String sha256) {
        Awaitility.await()
                .atMost(Duration.ofSeconds(30))
                .until(() -> server.model().sha256().equals(sha256));
    }

    private void awaitChallengers(int count) {
        Awaitility.await()
                .atMost(Duration.ofSeconds(30))
                .until(() -> server.models()
                                .inForce()
                                .challengers(new Region("SYN_0001"))
                                .size()
                        == count);
    }

    private int forecastsBy(ModelId model) {
        return (int) broker.forecasts().stream()
                .filter(forecast -> forecast.at("/model/sha256").asText().equals(model.sha256()))
                .count();
    }

    private List<JsonNode> scores() {
        return broker.values(TOPICS.accuracy());
    }

    private List<JsonNode> alerts() {
        return broker.values(TOPICS.alerts()).stream()
                .filter(alert -> alert.get("kind").asText().startsWith("model-"))
                .toList();
    }

    private static List<JsonNode> of(List<JsonNode> scores, String role) {
        return scores.stream()
                .filter(score -> score.get("role").asText().equals(role))
                .toList();
    }

    private static String sha256(JsonNode score) {
        return score.get("model_sha256").asText();
    }
}
