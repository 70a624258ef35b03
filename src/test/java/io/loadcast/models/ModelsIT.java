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
import io.loadcast.inference.ModelFile;
import io.loadcast.inference.TestModels;
import io.loadcast.models.ModelChanges.Role;
import io.loadcast.streaming.Topics;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Models are published, promoted and rolled back through a real broker, while readings come and forecasts go out. */
class ModelsIT {
    private static final Instant END = Instant.parse("2024-04-10T00:00:00Z");
    private static final Instant NOW = Instant.parse("2026-11-22T20:00:00Z");
    private static final List<ModelScope> EVERYWHERE = List.of(ModelScope.ALL);

    @TempDir
    Path directory;

    private ServedBroker broker;
    private LoadcastServer server;

    @BeforeEach
    void start() {
        broker = ServedBroker.start(directory);
        server = startServer();
    }

    @AfterEach
    void stop() {
        server.close();
        broker.close();
    }

    private LoadcastServer startServer() {
        return broker.serve(Map.of("kafka.streams.default.num.stream.threads", 2));
    }

    @Test
    void everyForecastNamesOneModelAndNoneIsMissedWhileModelsChange() {
        // given
        List<HourlySeries> grid = new SyntheticGrid(5, ZoneId.of("UTC"), 11).seriesBefore(END, 900);
        ModelId second = broker.publish(TestModels.shippedAs("gru-attention", "2"), null, EVERYWHERE);
        ModelId third = broker.publish(TestModels.shippedAs("gru-attention", "3"), null, EVERYWHERE);

        // when
        CompletableFuture<Void> feeding = CompletableFuture.runAsync(() -> broker.feed(grid, new Speed(40)));
        awaitForecastsOf("1");
        promote(second);
        awaitForecastsOf("2");
        promote(third);
        awaitForecastsOf("3");
        broker.changeModels(catalog -> ModelChanges.rollBack(catalog, EVERYWHERE, NOW));
        awaitNewest("2");
        assertThat(feeding).as("all changes came while readings came").isNotDone();
        feeding.join();
        broker.awaitForecasts(5 * 900);

        // then
        Map<String, List<JsonNode>> byRegion = forecastsByRegion();
        assertThat(byRegion).hasSize(5);
        byRegion.forEach((region, forecasts) -> {
            assertThat(forecasts).as(region).hasSize(900);
            List<String> changes = new ArrayList<>();
            Instant expected = END.minus(Duration.ofHours(900));
            for (JsonNode forecast : forecasts) {
                assertThat(forecast.get("issue_time").asText()).isEqualTo(expected.toString());
                assertThat(forecast.get("revision").asInt()).isZero();
                expected = expected.plus(Duration.ofHours(1));
                String version = forecast.at("/model/version").asText();
                assertThat(forecast.at("/model/sha256").asText())
                        .isEqualTo(Map.of(
                                        "1", ModelFile.shipped().id().sha256(),
                                        "2", second.sha256(),
                                        "3", third.sha256())
                                .get(version));
                if (changes.isEmpty() || !changes.get(changes.size() - 1).equals(version)) {
                    changes.add(version);
                }
            }
            assertThat(changes).as(region).containsExactly("1", "2", "3", "2");
        });
        assertThat(refusals()).isEmpty();
    }

    @Test
    void afterARestartTheFirstForecastIsMadeByTheModelInForce() {
        // given
        List<HourlySeries> grid = new SyntheticGrid(2, ZoneId.of("UTC"), 3).seriesBefore(END, 130);
        broker.feed(first(grid, 100), Speed.MAX);
        broker.awaitForecasts(2 * 100);
        server.close();
        ModelId second = broker.publish(TestModels.shippedAs("gru-attention", "2"), Role.CHAMPION, EVERYWHERE);
        broker.feed(grid.stream().map(series -> series.slice(100, 130)).toList(), Speed.MAX);

        // when
        server = startServer();
        broker.awaitForecasts(2 * 130);

        // then
        assertThat(server.model()).isEqualTo(second);
        for (List<JsonNode> forecasts : forecastsByRegion().values()) {
            List<String> versions = new ArrayList<>();
            forecasts.forEach(
                    forecast -> versions.add(forecast.at("/model/version").asText()));
            assertThat(versions.subList(0, 100)).containsOnly("1");
            assertThat(versions.subList(100, 130)).containsOnly("2");
        }
    }

    @Test
    void aRegionHasAChampionOfItsOwnAndAFileMayLieElsewhere() throws Exception {
        // given
        byte[] file = TestModels.shippedAs("gru-attention", "2");
        Path elsewhere = Files.write(directory.resolve("2.onnx"), file);
        ModelDescriptor model = descriptor(ModelFile.of("test", file), elsewhere);
        broker.changeModels(catalog -> ModelChanges.publish(
                catalog, model, file, Role.CHAMPION, List.of(new ModelScope(new Region("SYN_0002")))));
        awaitInForce("SYN_0002", "2");

        // when
        List<HourlySeries> grid = new SyntheticGrid(3, ZoneId.of("UTC"), 3).seriesBefore(END, 100);
        broker.feed(grid, Speed.MAX);
        broker.awaitForecasts(3 * 100);

        // then
        forecastsByRegion()
                .forEach((region, forecasts) -> assertThat(forecasts)
                        .extracting(forecast -> forecast.at("/model/version").asText())
                        .containsOnly(region.equals("SYN_0002") ? "2" : "1"));
    }

    @Test
    void whatCannotBeServedIsRefusedWithAnAlertAndTheModelBeforeGoesOn() {
        // given
        Map<String, byte[]> bad = new LinkedHashMap<>();
        bad.put("SYN_0001", "no model".getBytes());
        bad.put("SYN_0002", TestModels.withLookback(48));
        bad.put("SYN_0003", TestModels.withExternalData());
        bad.put("SYN_0004", TestModels.notANumber());
        List<HourlySeries> grid = new SyntheticGrid(6, ZoneId.of("UTC"), 3).seriesBefore(END, 120);
        bad.forEach((region, file) -> assignUnchecked(region, ModelFile.sha256(file), file, null));
        assignUnchecked("SYN_0005", "0".repeat(64), TestModels.persistence(), null);
        assignUnchecked("SYN_0006", "1".repeat(64), null, directory.resolve("none.onnx"));
        ModelScope last = new ModelScope(new Region("last"));
        broker.publish(TestModels.shippedAs("gru-attention", "2"), Role.CHAMPION, List.of(last));
        awaitInForce("last", "2"); // so the others have been refused

        // when
        broker.feed(first(grid, 100), Speed.MAX);
        broker.awaitForecasts(6 * 100);
        Awaitility.await()
                .atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> assertThat(refusals()).hasSize(6));

        // then
        Contract contract = Contract.of("alert");
        Map<String, String> reasons = new TreeMap<>();
        for (JsonNode alert : refusals()) {
            assertThat(contract.violations(alert)).isEmpty();
            assertThat(alert.get("kind").asText()).isEqualTo("model-refused");
            assertThat(alert.get("cleared_time").isNull()).isTrue();
            assertThat(alert.get("id").asText())
                    .isEqualTo("model-refused/" + alert.get("region").asText() + "/champion/"
                            + alert.at("/evidence/sha256").asText());
            assertThat(alert.at("/evidence/in_force").asText()).isEqualTo("gru-attention@1");
            reasons.put(
                    alert.get("region").asText(), alert.at("/evidence/reason").asText());
        }
        assertThat(reasons.get("SYN_0001")).contains("not an ONNX model");
        assertThat(reasons.get("SYN_0002")).contains("looks back 48 hours");
        assertThat(reasons.get("SYN_0003")).contains("external data");
        assertThat(reasons.get("SYN_0004")).contains("NaN");
        assertThat(reasons.get("SYN_0005")).contains("its file has the checksum");
        assertThat(reasons.get("SYN_0006")).contains("there is no such file");
        forecastsByRegion()
                .values()
                .forEach(forecasts -> assertThat(forecasts)
                        .extracting(forecast -> forecast.at("/model/version").asText())
                        .containsOnly("1"));

        // when
        broker.publish(
                TestModels.shippedAs("gru-attention", "2"),
                Role.CHAMPION,
                grid.stream().map(series -> new ModelScope(series.region())).toList());
        awaitInForce("SYN_0006", "2");
        broker.feed(grid.stream().map(series -> series.slice(100, 120)).toList(), Speed.MAX);
        broker.awaitForecasts(6 * 120);

        // then
        Awaitility.await()
                .atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> assertThat(refusals()).hasSize(12));
        assertThat(refusals().subList(6, 12)).allSatisfy(alert -> {
            assertThat(contract.violations(alert)).isEmpty();
            assertThat(alert.get("cleared_time").isNull()).isFalse();
        });
    }

    /** As somebody who writes the topic without the command may do it. */
    private void assignUnchecked(String region, String sha256, byte @Nullable [] file, @Nullable Path uri) {
        broker.changeModels(catalog -> {
            ModelDescriptor model = new ModelDescriptor(
                    new ModelId("bad", "1", sha256),
                    "none",
                    90,
                    24,
                    file == null ? 1 : file.length,
                    uri == null ? null : uri.toUri(),
                    NOW);
            return ModelChanges.publish(
                    catalog,
                    model,
                    file == null ? new byte[0] : file,
                    Role.CHAMPION,
                    List.of(new ModelScope(new Region(region))));
        });
    }

    private static ModelDescriptor descriptor(ModelFile model, @Nullable Path uri) {
        return new ModelDescriptor(
                model.id(),
                model.manifest().architecture(),
                model.manifest().lookbackHours(),
                model.manifest().horizonHours(),
                model.sizeBytes(),
                uri == null ? null : uri.toUri(),
                NOW);
    }

    private void promote(ModelId model) {
        broker.changeModels(catalog ->
                ModelChanges.promote(catalog, catalog.model(model.sha256()).orElseThrow(), EVERYWHERE, NOW));
    }

    private static List<HourlySeries> first(List<HourlySeries> grid, int hours) {
        return grid.stream().map(series -> series.slice(0, hours)).toList();
    }

    private void awaitInForce(String region, String version) {
        Awaitility.await()
                .atMost(Duration.ofSeconds(30))
                .until(() -> server.models()
                        .inForce()
                        .champion(new Region(region))
                        .model()
                        .version()
                        .equals(version));
    }

    private void awaitForecastsOf(String version) {
        Awaitility.await()
                .atMost(Duration.ofSeconds(60))
                .until(() -> forecastsByRegion().size() == 5
                        && forecastsByRegion().values().stream()
                                .allMatch(forecasts -> forecasts.stream()
                                        .anyMatch(forecast -> forecast.at("/model/version")
                                                .asText()
                                                .equals(version))));
    }

    private void awaitNewest(String version) {
        Awaitility.await()
                .atMost(Duration.ofSeconds(60))
                .until(() -> forecastsByRegion().values().stream()
                        .allMatch(forecasts -> forecasts
                                .get(forecasts.size() - 1)
                                .at("/model/version")
                                .asText()
                                .equals(version)));
    }

    private Map<String, List<JsonNode>> forecastsByRegion() {
        Map<String, List<JsonNode>> byRegion = new TreeMap<>();
        for (JsonNode forecast : broker.forecasts()) {
            byRegion.computeIfAbsent(forecast.get("region").asText(), region -> new ArrayList<>())
                    .add(forecast);
        }
        return byRegion;
    }

    /** The alerts that are of models; imaginary loads have theirs too. */
    private List<JsonNode> refusals() {
        return broker.values(Topics.DEFAULT.alerts()).stream()
                .filter(alert -> alert.get("kind").asText().equals("model-refused"))
                .sorted((a, b) -> Boolean.compare(
                        !a.get("cleared_time").isNull(), !b.get("cleared_time").isNull()))
                .toList();
    }
}
