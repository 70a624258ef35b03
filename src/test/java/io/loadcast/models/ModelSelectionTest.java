package io.loadcast.models;

import static org.assertj.core.api.Assertions.assertThat;

import io.loadcast.domain.Region;
import io.loadcast.forecasting.ForecastBatch;
import io.loadcast.forecasting.ForecastEngine;
import io.loadcast.forecasting.ForecastEngineException;
import io.loadcast.forecasting.ModelRefusal;
import io.loadcast.forecasting.ModelSnapshot;
import io.loadcast.forecasting.ScoredLeads;
import io.loadcast.forecasting.ServedModels;
import io.loadcast.forecasting.StateLayout;
import io.loadcast.inference.Device;
import io.loadcast.inference.EngineOptions;
import io.loadcast.inference.GoldenInference;
import io.loadcast.inference.ModelFile;
import io.loadcast.inference.OnnxForecastEngine;
import io.loadcast.inference.TestModels;
import io.loadcast.models.ModelChanges.Role;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What a catalogue assigns comes in force; what cannot be served does not, and is told. */
class ModelSelectionTest {
    private static final Instant NOW = Instant.parse("2026-11-22T20:00:00Z");
    private static final Region AEP = new Region("AEP");
    private static final StateLayout LAYOUT = new StateLayout(90, 24, ScoredLeads.DEFAULT);

    private final ModelCatalog catalog = new ModelCatalog();
    private final Map<String, byte[]> files = new HashMap<>();
    private final Set<String> onTheirWay = new HashSet<>();
    private final List<String> opened = new ArrayList<>();
    private final ModelFile configured = ModelFile.of("test", TestModels.persistence());
    private final ServedModels models = new ServedModels(ModelSnapshot.of(open(configured)));
    private final RegionAssignments assignments = new RegionAssignments();
    private final ModelSelection selection = new ModelSelection(configured, this::open, models, 2, assignments);

    private ForecastEngine open(ModelFile file) {
        ForecastBatch.requireServable(file.manifest());
        LAYOUT.requireServes(file.manifest());
        ForecastEngine engine = OnnxForecastEngine.open(file, new EngineOptions(Device.CPU, 1));
        try {
            GoldenInference.require(engine, 8);
        } catch (ForecastEngineException e) {
            engine.close();
            throw e;
        }
        opened.add(engine.model().version());
        return engine;
    }

    @AfterEach
    void close() {
        models.close();
    }

    /** Of a file as it is claimed to be: named for its checksum. */
    private String publish(String version, byte[] file, @Nullable Role role, ModelScope... scopes) {
        String sha256 = ModelFile.sha256(file);
        files.put(sha256, file);
        ModelDescriptor model = new ModelDescriptor(
                new io.loadcast.forecasting.ModelId("persistence", version, sha256),
                "none",
                90,
                24,
                file.length,
                null,
                NOW);
        take(ModelChanges.publish(catalog, model, file, role, List.of(scopes)));
        return sha256;
    }

    private void take(List<ModelRecord> records) {
        records.forEach(record -> catalog.take(record.key(), record.value(), 0));
    }

    private void apply() {
        selection.apply(catalog, (sha256, isUrgent) -> {
            byte[] file = files.get(sha256);
            if (file == null && !onTheirWay.contains(sha256)) {
                throw new ForecastEngineException("its file is not there");
            }
            return Optional.ofNullable(file);
        });
    }

    private String champion() {
        return models.inForce().champion().model().version();
    }

    private List<ModelRefusal> refusals() {
        List<ModelRefusal> all = new ArrayList<>();
        for (ModelRefusal next = models.takeRefusal(); next != null; next = models.takeRefusal()) {
            all.add(next);
        }
        return all;
    }

    @Test
    void withoutAnAssignmentTheModelOfTheStartGoesOn() {
        // given
        publish("2", TestModels.persistenceAs("persistence", "2"), null, ModelScope.ALL);

        // when
        apply();

        // then
        assertThat(champion()).isEqualTo("1");
        assertThat(opened).as("nothing was loaded that is not used").containsExactly("1");
        assertThat(refusals()).isEmpty();
    }

    @Test
    void onlyWhatIsNewIsLoadedAndWhatIsNoLongerAssignedIsClosed() {
        // given
        publish("2", TestModels.persistenceAs("persistence", "2"), Role.CHAMPION, ModelScope.ALL);
        publish("3", TestModels.persistenceAs("persistence", "3"), Role.CHAMPION, new ModelScope(AEP));
        publish("4", TestModels.persistenceAs("persistence", "4"), Role.CHALLENGER, ModelScope.ALL);
        apply();
        assertThat(opened).containsExactlyInAnyOrder("1", "2", "3", "4");
        assertThat(models.inForce().champion(AEP).model().version()).isEqualTo("3");
        assertThat(models.inForce().challengers(new Region("DUQ")))
                .extracting(engine -> engine.model().version())
                .containsExactly("4");
        assertThat(models.inForce().challengers(AEP)).isEmpty();

        // when
        publish("4", TestModels.persistenceAs("persistence", "4"), Role.CHAMPION, ModelScope.ALL);
        apply();

        // then
        assertThat(champion()).isEqualTo("4");
        assertThat(opened).as("it was there as a challenger").hasSize(4);
        assertThat(models.inForce().engines()).hasSize(2);
    }

    @Test
    void anAssignmentThatIsTakenBackBringsTheModelOfTheStartBack() {
        // given
        publish("2", TestModels.persistenceAs("persistence", "2"), Role.CHAMPION, ModelScope.ALL);
        apply();

        // when
        take(ModelChanges.rollBack(catalog, List.of(ModelScope.ALL), NOW));
        apply();

        // then
        assertThat(champion()).isEqualTo("1");
    }

    @Test
    void moreChallengersThanMayRunAreNotEvenOpened() {
        // given
        for (String version : List.of("2", "3", "4")) {
            publish(version, TestModels.persistenceAs("persistence", version), Role.CHALLENGER, ModelScope.ALL);
        }

        // when
        apply();

        // then
        assertThat(opened).containsExactly("1", "2", "3");
        assertThat(models.inForce().challengers(AEP))
                .extracting(engine -> engine.model().version())
                .containsExactly("2", "3");
    }

    @Test
    void aFileWhoseFlawIsItsOwnIsReadOnceAndOneThatWasNotThereAgain() {
        // given
        String unfit = publish("2", TestModels.withLookback(48), Role.CHAMPION, ModelScope.ALL);
        String absent = publish("3", TestModels.persistenceAs("persistence", "3"), Role.CHALLENGER, ModelScope.ALL);
        byte[] file = files.remove(absent);
        List<String> read = new ArrayList<>();
        ModelFiles counted = (sha256, isUrgent) -> {
            read.add(sha256);
            return Optional.of(files.computeIfAbsent(sha256, key -> {
                throw new ForecastEngineException("its file is not there");
            }));
        };
        selection.apply(catalog, counted);
        assertThat(selection.hasRefused()).isTrue();

        // when
        files.put(absent, file);
        selection.apply(catalog, counted);
        selection.apply(catalog, counted);

        // then
        assertThat(read).containsExactly(unfit, absent, absent);
        assertThat(selection.hasRefused())
                .as("something that another try may mend")
                .isFalse();
        assertThat(refusals())
                .extracting(refusal -> refusal.role() + " " + refusal.isRefused())
                .containsExactly("champion true", "challenger true", "challenger false");
    }

    static Stream<Arguments> badModels() {
        return Stream.of(
                Arguments.of("not ONNX", "text".getBytes(), "not an ONNX model"),
                Arguments.of(
                        "another lookback", TestModels.withLookback(48), "looks back 48 hours; states here hold 90"),
                Arguments.of("external data", TestModels.withExternalData(), "points to external data"),
                Arguments.of("no numbers", TestModels.notANumber(), "its forecast 1 h ahead is NaN"),
                Arguments.of(
                        "a short horizon",
                        TestModels.knowing(io.loadcast.inference.ManifestJson.write(TestModels.KNOWING)),
                        "looks 1 hours ahead; forecasts are scored 24 hours ahead"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("badModels")
    void aBadModelIsRefusedAndTheOneBeforeGoesOnUntilAGoodOneComes(String flaw, byte[] bad, String reason) {
        // given
        publish("2", TestModels.persistenceAs("persistence", "2"), Role.CHAMPION, ModelScope.ALL);
        apply();

        // when
        String sha256 = publish("bad", bad, Role.CHAMPION, ModelScope.ALL);
        apply();
        apply();

        // then
        assertThat(champion()).isEqualTo("2");
        assertThat(refusals()).as("told once").singleElement().satisfies(refusal -> {
            assertThat(refusal.isRefused()).isTrue();
            assertThat(refusal.region()).isNull();
            assertThat(refusal.role()).isEqualTo("champion");
            assertThat(refusal.model().sha256()).isEqualTo(sha256);
            assertThat(refusal.reason()).contains(reason);
            assertThat(refusal.inForce().version()).isEqualTo("2");
        });
        publish("3", TestModels.persistenceAs("persistence", "3"), Role.CHAMPION, ModelScope.ALL);
        apply();
        assertThat(champion()).isEqualTo("3");
        assertThat(refusals()).singleElement().satisfies(refusal -> {
            assertThat(refusal.isRefused()).isFalse();
            assertThat(refusal.model().sha256()).isEqualTo(sha256);
        });
    }

    @Test
    void aFileThatIsNotWhatItsChecksumSaysIsRefusedUntilItIsThere() {
        // given
        byte[] good = TestModels.persistenceAs("persistence", "2");
        String sha256 = publish("2", good, Role.CHAMPION, ModelScope.ALL);
        files.put(sha256, TestModels.persistenceAs("persistence", "other"));
        apply();
        assertThat(champion()).isEqualTo("1");
        assertThat(refusals())
                .singleElement()
                .satisfies(refusal -> assertThat(refusal.reason()).contains("its file has the checksum"));

        // when
        files.put(sha256, good);
        apply();

        // then
        assertThat(champion()).isEqualTo("2");
        assertThat(refusals()).extracting(ModelRefusal::isRefused).containsExactly(false);
    }

    @Test
    void afterARestartTheNewestThatCanBeServedIsInForce() {
        // given
        publish("2", TestModels.persistenceAs("persistence", "2"), Role.CHAMPION, ModelScope.ALL);
        publish("bad", TestModels.notANumber(), Role.CHAMPION, ModelScope.ALL);
        publish("worse", TestModels.withLookback(48), Role.CHAMPION, ModelScope.ALL);

        // when
        apply();

        // then
        assertThat(champion()).isEqualTo("2");
        assertThat(refusals())
                .singleElement()
                .satisfies(refusal -> assertThat(refusal.inForce().version()).isEqualTo("2"));
    }

    @Test
    void aRegionWhoseOwnModelIsRefusedHasTheChampionOfAll() {
        // given
        publish("2", TestModels.persistenceAs("persistence", "2"), Role.CHAMPION, ModelScope.ALL);
        publish("bad", TestModels.notANumber(), Role.CHAMPION, new ModelScope(AEP));

        // when
        apply();

        // then
        assertThat(models.inForce().champion(AEP).model().version()).isEqualTo("2");
        assertThat(refusals())
                .singleElement()
                .satisfies(refusal -> assertThat(refusal.region()).isEqualTo(AEP));
    }

    @Test
    void aChallengerThatIsRefusedLeavesTheChampionAlone() {
        // given
        publish("bad", TestModels.notANumber(), Role.CHALLENGER, ModelScope.ALL);

        // when
        apply();

        // then
        assertThat(champion()).isEqualTo("1");
        assertThat(models.inForce().challengers(AEP)).isEmpty();
        assertThat(refusals())
                .singleElement()
                .satisfies(refusal -> assertThat(refusal.role()).isEqualTo("challenger"));
    }

    @Test
    void filesThatAreOnTheirWayHoldNoOtherChangeUp() {
        // given
        String slow = publish("slow", TestModels.persistenceAs("persistence", "slow"), Role.CHALLENGER, ModelScope.ALL);
        onTheirWay.add(slow);
        byte[] file = Objects.requireNonNull(files.remove(slow));
        publish("2", TestModels.persistenceAs("persistence", "2"), Role.CHAMPION, ModelScope.ALL);

        // when
        apply();

        // then
        assertThat(champion()).isEqualTo("2");
        assertThat(selection.isChampionAwaited()).isFalse();
        assertThat(models.inForce().challengers(AEP)).isEmpty();
        assertThat(refusals()).as("not refused, but not there yet").isEmpty();
        files.put(slow, file);
        apply();
        assertThat(models.inForce().challengers(AEP)).hasSize(1);
    }

    @Test
    void aChampionWhoseFileIsOnItsWayIsAwaitedAndWhatWasInForceGoesOn() {
        // given
        publish("2", TestModels.persistenceAs("persistence", "2"), Role.CHAMPION, ModelScope.ALL);
        publish("3", TestModels.persistenceAs("persistence", "3"), Role.CHAMPION, ModelScope.ALL);
        apply();
        String slow = publish("slow", TestModels.persistenceAs("persistence", "slow"), Role.CHAMPION, ModelScope.ALL);
        onTheirWay.add(slow);
        byte[] file = Objects.requireNonNull(files.remove(slow));

        // when
        apply();

        // then
        assertThat(champion()).isEqualTo("3");
        assertThat(selection.isChampionAwaited()).isTrue();
        assertThat(refusals()).isEmpty();
        files.put(slow, file);
        apply();
        assertThat(champion()).isEqualTo("slow");
        assertThat(selection.isChampionAwaited()).isFalse();
    }
}
