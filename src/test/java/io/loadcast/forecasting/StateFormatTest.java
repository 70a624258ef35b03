package io.loadcast.forecasting;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.loadcast.domain.CivilCalendar;
import io.loadcast.domain.EpochHour;
import io.loadcast.domain.ImputationLimits;
import io.loadcast.domain.Reading;
import io.loadcast.domain.Region;
import io.loadcast.domain.RegionCalendars;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * What lies in stores and changelogs outlives the version that wrote it. The files of format 2 were written by the last version that wrote
 * it, as were the scores after them; they cannot be made again. Those of the present format are made by {@link #feed}: where they
 * differ, either the change was not meant, or it takes a new format and a reader of this one.
 */
class StateFormatTest {
    private static final Path GOLDEN = Path.of("src/test/resources/state");
    private static final Region REGION = new Region("AEP");
    private static final long START = 400_000;
    private static final List<Integer> MISSING = List.of(150, 151, 250, 270);

    private final LastValueEngine engine = new LastValueEngine();
    private final StateLayout layout = StateLayout.of(engine.manifest(), 24, ScoredLeads.DEFAULT);
    private final RecordedOutputs outputs = new RecordedOutputs();
    private final MapRegionStates states = new MapRegionStates(layout);
    private RegionForecasting forecasting;

    @BeforeEach
    void start() {
        forecasting = new RegionForecasting(
                IntakeRules.DEFAULT,
                new ForecastBatch(
                        engine, new RegionCalendars(Map.of(), CivilCalendar.UTC), ImputationLimits.DEFAULT, 64),
                states,
                outputs);
    }

    private static Reading reading(int hour) {
        double loadMw = Math.round(10 * (1000 + 200 * Math.sin(2 * Math.PI * hour / 24) + hour % 7)) / 10.0;
        return new Reading(REGION, EpochHour.start(START + hour), loadMw);
    }

    /** A region with gaps, a suspect load, a corrected score, a raised alert, two hours that are due, and a held reading. */
    private void feed() {
        for (int hour = 0; hour < 300; hour++) {
            if (!MISSING.contains(hour) && (hour < 285 || hour > 292)) {
                forecasting.take(reading(hour));
            }
            if (hour == 297) {
                forecasting.take(new Reading(REGION, EpochHour.start(START + 280), 0));
                forecasting.take(new Reading(REGION, EpochHour.start(START + 281), 1000));
                forecasting.flush();
            }
        }
        forecasting.take(new Reading(REGION, EpochHour.start(START + 500), 700));
    }

    private static String line(String file) throws IOException {
        return Files.readString(GOLDEN.resolve(file)).strip();
    }

    private void restoreFormat2() throws IOException {
        states.put(REGION, RegionState.ofPacked(layout, HexFormat.of().parseHex(line("region-state.format-2.hex"))));
        for (String day : Files.readAllLines(GOLDEN.resolve("scored-days.format-2.hex"))) {
            byte[] packed = HexFormat.of().parseHex(day);
            int number = java.nio.ByteBuffer.wrap(packed).getInt();
            states.historyOf(REGION).put(ScoredDay.ofPacked(number, ScoredLeads.DEFAULT, packed));
        }
    }

    @Test
    void aRegionOfFormat2GoesOnAsItWouldHave() throws IOException {
        // given
        restoreFormat2();
        forecasting.rebuild();

        // when
        int due = forecasting.dueHours();
        forecasting.flush();
        int forecasts = outputs.forecasts.size();
        forecasting.take(reading(250));
        for (int hour = 300; hour < 330; hour++) {
            forecasting.take(reading(hour));
            forecasting.flush();
        }

        // then
        assertThat(due).isEqualTo(2);
        assertThat(forecasts).isEqualTo(2);
        assertThat(outputs.scores.stream().map(StateFormatTest::text))
                .containsExactlyElementsOf(Files.readAllLines(GOLDEN.resolve("scores-after.format-2.txt")));
    }

    /** As the version that wrote format 2 was asked to print them. */
    private static String text(PointScore score) {
        return String.join(
                " ",
                List.of(
                                score.validHour(),
                                score.leadHours(),
                                score.actualMw(),
                                score.forecastMw(),
                                score.baselineMw(),
                                score.smapePct(),
                                score.baselineSmapePct(),
                                score.inInterval(),
                                score.last24h(),
                                score.last168h(),
                                score.all())
                        .stream()
                        .map(Object::toString)
                        .toList());
    }

    @Test
    void aScoreOfFormat2ThatIsCorrectedIsRevised() throws IOException {
        // given
        restoreFormat2();
        forecasting.rebuild();
        forecasting.flush();
        outputs.clear();

        // when
        forecasting.take(new Reading(REGION, EpochHour.start(START + 290), 1000));
        forecasting.flush();

        // then
        assertThat(outputs.scores)
                .hasSize(2)
                .allSatisfy(score -> assertThat(score.revision()).isEqualTo(1));
        assertThat(outputs.forecasts).extracting(Forecast::revision).containsExactly(1);
    }

    @Test
    void aRegionOfFormat2ThatIsScoredAtOtherLeadTimesKeepsItsLoads() throws IOException {
        // given
        byte[] packed = HexFormat.of().parseHex(line("region-state.format-2.hex"));
        StateLayout other = new StateLayout(90, 24, ScoredLeads.of(List.of(1, 6)));

        // when
        RegionState state = RegionState.ofPacked(other, packed);

        // then
        assertThat(state.newestReadingHour()).isEqualTo(START + 299);
        assertThat(state.newestForecastHour()).isEqualTo(START + 297);
        assertThat(state.loadMw(START + 299)).isEqualTo((float) reading(299).loadMw());
        assertThat(state.loadMw(START + 270)).isNaN();
        assertThat(state.modelHasForecast()).isTrue();
        assertThat(RunningSums.of(state, 0, ScoreWindow.ALL).count()).isZero();
    }

    @Test
    void theFormatIsTheOneThatGoldenFilesHold() throws IOException {
        // given
        feed();

        // when
        String state = HexFormat.of().formatHex(states.of(REGION).packed());
        List<String> days = List.copyOf(states.daysOf(REGION).values());

        // then
        assertThat(state).startsWith("03").isEqualTo(line("region-state.format-3.hex"));
        assertThat(days).isEqualTo(Files.readAllLines(GOLDEN.resolve("scored-days.format-3.hex")));
        assertThat(HexFormat.of().formatHex(states.profileOf(REGION).packed()))
                .startsWith("01")
                .isEqualTo(line("load-profile.format-1.hex"));
    }

    @Test
    void goldenFilesHoldOneOfEverythingThatAStateCanHold() throws IOException {
        // when
        RegionState state = RegionState.ofPacked(layout, HexFormat.of().parseHex(line("region-state.format-3.hex")));

        // then
        assertThat(state.dueHours()).isEqualTo(2);
        assertThat(state.isHolding()).isTrue();
        assertThat(state.gapRaisedHour()).isEqualTo(START + 293);
        assertThat(state.modelHasForecast()).isTrue();
        assertThat(state.ring().inputMw(START + 280)).isNaN();
        assertThat(state.loadMw(START + 280)).isZero();
        assertThat(state.issued()).isPositive();
    }

    @Test
    void aFormatThatNobodyKnowsIsRefusedWithAWayOut() throws IOException {
        // given
        byte[] packed = HexFormat.of().parseHex(line("region-state.format-3.hex"));
        packed[0] = 4;

        // then
        assertThatThrownBy(() -> RegionState.ofPacked(layout, packed))
                .isInstanceOf(IncompatibleStateException.class)
                .hasMessageContaining("run with the version, the model and the backlog it was written with");
    }

    @Test
    void aStateOfFormat2ThatIsCutIsRefused() throws IOException {
        // given
        byte[] packed = HexFormat.of().parseHex(line("region-state.format-2.hex"));

        // then
        assertThatThrownBy(() -> RegionState.ofPacked(layout, java.util.Arrays.copyOf(packed, 500)))
                .isInstanceOf(IncompatibleStateException.class);
    }
}
