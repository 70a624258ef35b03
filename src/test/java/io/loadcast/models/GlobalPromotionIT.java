package io.loadcast.models;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.loadcast.Contract;
import io.loadcast.app.LoadcastServer;
import io.loadcast.app.ServedBroker;
import io.loadcast.dataset.HourlySeries;
import io.loadcast.feed.Speed;
import io.loadcast.feed.SyntheticGrid;
import io.loadcast.forecasting.ModelId;
import io.loadcast.forecasting.Promotion;
import io.loadcast.forecasting.PromotionRule;
import io.loadcast.forecasting.ServedModels;
import io.loadcast.inference.ModelFile;
import io.loadcast.inference.TestModels;
import io.loadcast.streaming.Topics;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** All regions promote at once, through a real broker with two instances: the shipped model over one that repeats the last load. */
class GlobalPromotionIT {
    private static final Topics TOPICS = Topics.DEFAULT;
    private static final Instant END = Instant.parse("2024-04-10T00:00:00Z");
    private static final Instant NOW = Instant.parse("2026-11-22T20:00:00Z");
    private static final int REGIONS = 4;
    private static final int HOURS = 400;
    private static final Map<String, Object> GLOBAL = Map.of(
            "loadcast.challengers.promotion", "global",
            "loadcast.challengers.hours", 72,
            "kafka.streams.default.num.stream.threads", 1);

    @TempDir
    Path directory;

    private final List<HourlySeries> grid =
            new SyntheticGrid(REGIONS, ZoneId.of("UTC"), 11).seriesBefore(END, 3 * HOURS);
    private final List<LoadcastServer> servers = new ArrayList<>();
    private final String shipped = ModelFile.shipped().id().sha256();
    private ServedBroker broker;
    private ModelId persistence;

    @BeforeEach
    void startTwoInstancesWithAChampionThatIsWorseThanItsChallenger() {
        broker = ServedBroker.start(directory);
        servers.add(broker.serve("first", GLOBAL));
        servers.add(broker.serve("second", GLOBAL));
        persistence = broker.publish(
                TestModels.persistenceAs("persistence", "1"), ModelChanges.Role.CHAMPION, List.of(ModelScope.ALL));
        broker.publish(ModelFile.shipped().bytes(), null, List.of());
        broker.changeModels(catalog -> List.of(ModelChanges.assigned(
                ModelScope.ALL, new ModelAssignment(persistence.sha256(), List.of(), List.of(shipped), NOW))));
        awaitInForce(persistence.sha256(), 1);
    }

    @AfterEach
    void stop() {
        stopServers();
        broker.close();
    }

    private void stopServers() {
        servers.forEach(LoadcastServer::close);
        servers.clear();
    }

    @Test
    void theBetterChallengerIsPromotedOnceByOneOfTwoInstancesAndAPersonsRollbackHolds() {
        // when
        feed(0, HOURS);
        awaitInForce(shipped, 1);

        // then
        int before = forecastsBy(persistence);
        feed(HOURS, 2 * HOURS);
        assertThat(forecastsBy(persistence)).isEqualTo(before);
        assertThat(assignments())
                .filteredOn(assignment -> !assignment.path("evidence").isNull())
                .singleElement()
                .satisfies(this::requirePromotion);
        assertThat(promotionAlerts()).hasSize(2).allSatisfy(alert -> {
            assertThat(Contract.of("alert").violations(alert)).isEmpty();
            assertThat(alert.get("kind").asText()).isEqualTo("model-promoted");
            assertThat(alert.get("region").isNull()).isTrue();
            assertThat(alert.get("id").asText()).startsWith("model-promoted/*/" + shipped.substring(0, 12));
            assertThat(alert.at("/evidence/challenger").asText()).isEqualTo("gru-attention@1");
        });
        assertThat(promoted()).isEqualTo(1);

        // when
        broker.changeModels(catalog -> ModelChanges.rollBack(catalog, List.of(ModelScope.ALL), NOW));
        awaitInForce(persistence.sha256(), 0);
        feed(2 * HOURS, 3 * HOURS);

        // then
        assertThat(forecastsBy(persistence)).isEqualTo(before + REGIONS * HOURS);
        assertThat(promoted()).isEqualTo(1);
    }

    @Test
    void anInstanceThatIsLeftAlonePromotesByWhatWasScoredBefore() {
        // given
        feed(0, 100);

        // when
        servers.remove(0).close();
        feed(100, HOURS);

        // then
        awaitInForce(shipped, 1);
        assertThat(promotionAlerts()).hasSize(2);
        assertThat(promoted()).isEqualTo(1);
    }

    @Test
    void aLeaderThatHasNotHeardOfAPersonsDecisionChangesNothing() {
        // given
        stopServers();
        servers.add(broker.serve("first", Map.of("kafka.streams.default.num.stream.threads", 1)));
        awaitInForce(persistence.sha256(), 1);
        feed(0, HOURS);
        RegionAssignments heard = new RegionAssignments();
        ModelTopicReader reader =
                ModelTopicReader.connect(Map.of("bootstrap.servers", broker.servers()), TOPICS.models());
        reader.readToEnd();
        heard.are(reader.catalog().assignments(), reader.catalog().checksums());
        ServedModels inForce = new ServedModels(servers.get(0).models().inForce());
        broker.changeModels(catalog -> List.of(ModelChanges.assigned(
                ModelScope.ALL,
                new ModelAssignment(persistence.sha256(), List.of(), List.of(shipped), NOW.plusSeconds(1)))));
        int assigned = assignments().size();

        // when
        AtomicInteger tries = new AtomicInteger();
        AtomicInteger committed = new AtomicInteger();
        GlobalPromotion.Scene scene = new GlobalPromotion.Scene(
                Map.of("bootstrap.servers", broker.servers()),
                TOPICS.accuracy(),
                TOPICS.models(),
                new PromotionRule(72, 0.02),
                shipped);
        PromotionReport report = report(tries, committed);
        try (GlobalPromotion stale = GlobalPromotion.start(scene, inForce, heard, () -> true, report)) {
            Awaitility.await().atMost(Duration.ofSeconds(60)).until(() -> tries.get() >= 2);

            // then
            assertThat(committed).hasValue(0);
            assertThat(assignments()).hasSize(assigned);
            assertThat(promotionAlerts()).isEmpty();

            // when
            reader.readToEnd();
            heard.are(reader.catalog().assignments(), reader.catalog().checksums());

            // then
            Awaitility.await().atMost(Duration.ofSeconds(60)).until(() -> committed.get() == 1);
            awaitInForce(shipped, 1);
        } finally {
            reader.close();
        }
    }

    private static PromotionReport report(AtomicInteger tries, AtomicInteger committed) {
        return new PromotionReport() {
            @Override
            public List<ProducerRecord<byte[], byte[]>> records(Promotion promotion, boolean isRollback) {
                tries.incrementAndGet();
                return List.of();
            }

            @Override
            public void committed(Promotion promotion, boolean isRollback) {
                committed.incrementAndGet();
            }
        };
    }

    private void requirePromotion(JsonNode assignment) {
        assertThat(Contract.of("model-assignment").violations(assignment)).isEmpty();
        assertThat(assignment.get("champion").asText()).isEqualTo(shipped);
        assertThat(assignment.get("previous")).extracting(JsonNode::asText).containsExactly(persistence.sha256());
        assertThat(assignment.get("challengers")).extracting(JsonNode::asText).containsExactly(persistence.sha256());
        assertThat(assignment.at("/evidence/hours").asInt()).isBetween(54, 72);
        assertThat(assignment.at("/evidence/challenger_smape_pct").asDouble())
                .isLessThan(assignment.at("/evidence/champion_smape_pct").asDouble());
        assertThat(assignment.at("/evidence/p_value").asDouble()).isLessThan(0.05);
    }

    /** And waits until all of it is forecast. */
    private void feed(int from, int to) {
        broker.feed(grid.stream().map(series -> series.slice(from, to)).toList(), Speed.MAX);
        broker.awaitForecasts(REGIONS * to);
    }

    private void awaitInForce(String sha256, int challengers) {
        Awaitility.await()
                .atMost(Duration.ofSeconds(60))
                .untilAsserted(() -> assertThat(servers).allSatisfy(server -> {
                    assertThat(server.model().sha256()).isEqualTo(sha256);
                    assertThat(server.models().inForce().challengers()).hasSize(challengers);
                }));
    }

    private int forecastsBy(ModelId model) {
        return (int) broker.forecasts().stream()
                .filter(forecast -> forecast.at("/model/sha256").asText().equals(model.sha256()))
                .count();
    }

    private List<JsonNode> assignments() {
        return broker.read(TOPICS.models()).stream()
                .filter(record -> new String(record.key()).equals("assignment/*") && record.value() != null)
                .map(record -> Contract.json(record.value()))
                .toList();
    }

    private List<JsonNode> promotionAlerts() {
        return broker.values(TOPICS.alerts()).stream()
                .filter(alert -> alert.get("kind").asText().startsWith("model-"))
                .toList();
    }

    private long promoted() {
        return servers.stream()
                .mapToLong(server -> server.counters().snapshot().get("challenger.promoted"))
                .sum();
    }
}
