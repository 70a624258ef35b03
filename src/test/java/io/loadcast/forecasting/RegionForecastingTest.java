package io.loadcast.forecasting;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.loadcast.domain.CivilCalendar;
import io.loadcast.domain.EpochHour;
import io.loadcast.domain.Reading;
import io.loadcast.domain.Region;
import io.loadcast.domain.RegionCalendars;
import io.loadcast.domain.Smape;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class RegionForecastingTest {
    private static final Region REGION = new Region("AEP");
    private static final long START = 400_000;
    private static final int LOOKBACK = 90;
    private static final int MAX_IMPUTED = 6;
    static final ScoredLeads EVERY_LEAD =
            ScoredLeads.of(IntStream.rangeClosed(1, 24).boxed().toList());

    private final LastValueEngine engine = new LastValueEngine();
    private final OneByOne forecasting = new OneByOne(engine);

    /** What one reading led to. */
    private record Tick(
            RegionState state,
            ReadingOutcome outcome,
            List<PointScore> scores,
            List<Forecast> forecasts,
            @Nullable Withheld withheld) {}

    /** Forecasts every reading at once. */
    private static final class OneByOne {
        private final RecordedOutputs outputs = new RecordedOutputs();
        private final MapRegionStates states;
        private final RegionForecasting forecasting;

        OneByOne(ForecastEngine engine) {
            states = new MapRegionStates(StateLayout.of(engine.manifest(), 24, EVERY_LEAD));
            forecasting = new RegionForecasting(
                    new ForecastBatch(engine, new RegionCalendars(Map.of(), CivilCalendar.UTC), MAX_IMPUTED, 1),
                    states,
                    outputs);
        }

        Tick on(Reading reading) {
            outputs.clear();
            ReadingOutcome outcome = forecasting.take(reading);
            return new Tick(
                    states.of(REGION),
                    outcome,
                    List.copyOf(outputs.scores),
                    List.copyOf(outputs.forecasts),
                    outputs.withheld.isEmpty() ? null : outputs.withheld.get(0));
        }
    }

    private Tick read(long hour, double loadMw) {
        return forecasting.on(reading(hour, loadMw));
    }

    private RegionState state() {
        return forecasting.states.of(REGION);
    }

    private static double load(long hour) {
        return 1000 + 200 * Math.sin(2 * Math.PI * hour / 24) + hour % 7;
    }

    private Tick readUntil(long firstHour, long lastHour) {
        Tick tick = null;
        for (long hour = firstHour; hour <= lastHour; hour++) {
            tick = read(hour, load(hour));
        }
        return tick;
    }

    @Test
    void theFirstForecastIsIssuedWithTheNinetiethReading() {
        // given
        Tick before = readUntil(START, START + LOOKBACK - 2);

        // when
        Tick tick = read(START + LOOKBACK - 1, 1000);

        // then
        assertThat(before.forecasts()).isEmpty();
        assertThat(before.withheld()).isEqualTo(Withheld.INCOMPLETE_LOOKBACK);
        assertThat(tick.withheld()).isNull();
        assertThat(tick.forecasts()).singleElement().satisfies(forecast -> {
            assertThat(forecast.issueHour()).isEqualTo(START + LOOKBACK - 1);
            assertThat(forecast.quality()).isEqualTo(ForecastQuality.OK);
            assertThat(forecast.p50Mw()).hasSize(24).containsOnly(1000.0);
            assertThat(forecast.p10Mw()).containsOnly(900.0);
            assertThat(forecast.p90Mw()).containsOnly(1100.0);
        });
    }

    @Test
    void aReadingScoresEveryForecastThatWaitedForItAndNoOther() {
        // given
        readUntil(START, START + LOOKBACK - 1 + 30);
        long hour = START + LOOKBACK + 30;

        // when
        Tick tick = read(hour, load(hour));

        // then
        assertThat(tick.scores()).hasSize(24);
        for (PointScore score : tick.scores()) {
            float issued = (float) load(score.issueHour());
            assertThat(score.validHour()).isEqualTo(hour);
            assertThat(score.forecastMw()).isCloseTo(issued, within(0.051));
            assertThat(score.smapePct()).isCloseTo(Smape.termPct(score.actualMw(), score.forecastMw()), within(1e-6));
        }
    }

    /** Recomputes every running score from scratch, over a feed with gaps, late readings, duplicates and corrections. */
    @Test
    void runningScoresEqualARecomputationFromAllThatWasScored() {
        long seed = 20260101;
        Random random = new Random(seed);
        Map<Integer, TreeMap<Long, PointScore>> byLead = new TreeMap<>();
        List<Long> skipped = new ArrayList<>();
        long newest = START;

        for (int step = 0; step < 1500; step++) {
            // given
            double dice = random.nextDouble();
            long hour = newest + 1;
            if (dice < 0.02) {
                hour += 1 + random.nextInt(random.nextInt(10) == 0 ? 300 : 3);
            } else if (dice < 0.04 && !skipped.isEmpty()) {
                hour = skipped.remove(skipped.size() - 1);
            } else if (dice < 0.06) {
                hour = newest - random.nextInt(5);
            }
            for (long missing = newest + 1; missing < hour; missing++) {
                skipped.add(missing);
            }
            newest = Math.max(newest, hour);

            // when
            Tick tick = read(hour, Math.round(10 * load(hour) * random.nextDouble(0.9, 1.1)) / 10.0);

            // then
            long clock = newest;
            for (PointScore score : tick.scores()) {
                TreeMap<Long, PointScore> scored = byLead.computeIfAbsent(score.leadHours(), lead -> new TreeMap<>());
                assertThat(scored).as("seed %d: an hour is scored once", seed).doesNotContainKey(score.validHour());
                scored.put(score.validHour(), score);
                expectRunning(score.all(), scored.values());
                expectRunning(score.last24h(), scored.tailMap(clock - 24, false).values());
                expectRunning(
                        score.last168h(), scored.tailMap(clock - 168, false).values());
            }
        }
        assertThat(byLead).hasSize(24);
        assertThat(byLead.get(1).size()).as("seed %d", seed).isGreaterThan(300);
    }

    private static void expectRunning(RunningScore running, Collection<PointScore> scored) {
        assertThat(running.count()).isEqualTo(scored.size());
        assertThat(running.smapePct())
                .isCloseTo(
                        scored.stream()
                                .mapToDouble(PointScore::smapePct)
                                .average()
                                .orElse(0),
                        within(1e-9));
        assertThat(running.baselineSmapePct())
                .isCloseTo(
                        scored.stream()
                                .mapToDouble(PointScore::baselineSmapePct)
                                .average()
                                .orElse(0),
                        within(1e-9));
        assertThat(running.coveragePct())
                .isCloseTo(
                        100.0 * scored.stream().filter(PointScore::inInterval).count() / scored.size(), within(1e-9));
    }

    @Test
    void aDuplicateChangesNothing() {
        // given
        readUntil(START, START + 100);
        RegionState before = state();

        // when
        Tick tick = read(START + 100, load(START + 100));

        // then
        assertThat(tick.outcome()).isEqualTo(ReadingOutcome.DUPLICATE);
        assertThat(tick.state()).isSameAs(before);
        assertThat(tick.scores()).isEmpty();
        assertThat(tick.forecasts()).isEmpty();
    }

    @Test
    void aCorrectionChangesTheRingAndLeavesIssuedForecastsAndScores() {
        // given
        readUntil(START, START + 100);

        // when
        Tick tick = read(START + 95, 777);

        // then
        assertThat(tick.outcome()).isEqualTo(ReadingOutcome.CORRECTION);
        assertThat(tick.state().loadMw(START + 95)).isEqualTo(777f);
        assertThat(tick.scores()).isEmpty();
        assertThat(tick.forecasts()).isEmpty();
    }

    @Test
    void aLateReadingFillsItsGapAndScoresTheForecastsThatStillWait() {
        // given
        readUntil(START, START + 100);
        Tick gap = read(START + 102, load(START + 102));

        // when
        Tick late = read(START + 101, load(START + 101));

        // then
        assertThat(gap.outcome()).isEqualTo(ReadingOutcome.GAP);
        assertThat(late.outcome()).isEqualTo(ReadingOutcome.LATE);
        assertThat(late.forecasts()).isEmpty();
        assertThat(late.scores()).extracting(PointScore::validHour).containsOnly(START + 101);
        assertThat(late.scores())
                .extracting(PointScore::leadHours)
                .containsExactly(1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12);
    }

    @Test
    void aLateReadingIsScoredAtTheShortestLeadTimeTooAndCountsInTheNextRunningScores() {
        // given
        readUntil(START, START + 100);
        readUntil(START + 102, START + 105);

        // when
        Tick late = read(START + 101, load(START + 101));
        Tick next = read(START + 106, load(START + 106));

        // then
        assertThat(late.scores()).first().satisfies(score -> {
            assertThat(score.leadHours()).isEqualTo(1);
            assertThat(score.issueHour()).isEqualTo(START + 100);
            assertThat(score.forecastMw()).isCloseTo(load(START + 100), within(0.051));
            assertThat(score.last24h().count()).isEqualTo(11 + 3 + 1);
        });
        assertThat(next.scores())
                .first()
                .satisfies(score -> assertThat(score.last24h().count()).isEqualTo(16));
    }

    @Test
    void theBaselineIsTheRatioOfLoadsThatWereReadAndElseTheLastLoad() {
        // given
        readUntil(START, START + 120);
        read(START + 122, load(START + 122));

        // when
        Tick known = read(START + 123, load(START + 123));
        Tick unknown = readUntil(START + 124, START + 145); // a day after the hour that was not read

        // then
        assertThat(known.scores())
                .allSatisfy(score -> assertThat(score.baselineMw())
                        .isCloseTo(ratio(score.validHour(), score.leadHours()), within(0.06)));
        assertThat(unknown.scores())
                .hasSize(23)
                .allSatisfy(score ->
                        assertThat(score.baselineMw()).isCloseTo((float) load(score.issueHour()), within(0.051)));
    }

    private static double ratio(long hour, int lead) {
        return (float) load(hour - lead) * (float) load(hour - 24) / (float) load(hour - lead - 24);
    }

    @Test
    void aShortGapIsImputedByTheRatioRuleAndTheForecastSaysSo() {
        // given
        readUntil(START, START + 120);

        // when
        Tick tick = read(START + 123, load(START + 123));

        // then
        assertThat(tick.forecasts()).singleElement().satisfies(forecast -> {
            assertThat(forecast.quality()).isEqualTo(ForecastQuality.IMPUTED);
            assertThat(forecast.reason()).isEqualTo("2 of 90 hours imputed");
        });
        float[] window = state().windowAt(START + 123, MAX_IMPUTED).loadMw();
        assertThat((double) window[87])
                .isCloseTo(load(START + 120) * load(START + 97) / load(START + 96), within(1e-3));
    }

    @Test
    void aLongGapWithholdsForecastsUntilTheLookbackIsWholeAgain() {
        // given
        readUntil(START, START + 100);

        // when
        Tick afterGap = read(START + 110, load(START + 110));
        Tick hoursLater = readUntil(START + 111, START + 110 + LOOKBACK - 1);

        // then
        assertThat(afterGap.withheld()).isEqualTo(Withheld.INCOMPLETE_LOOKBACK);
        assertThat(hoursLater.forecasts()).hasSize(1);
    }

    @Test
    void aReadingOlderThanTheRingIsTooLate() {
        // given
        readUntil(START, START + 300);
        Reading old = new Reading(REGION, EpochHour.start(START + 100), 1);

        // when
        ReadingOutcome outcome = state().outcomeOf(old);

        // then
        assertThat(outcome).isEqualTo(ReadingOutcome.TOO_LATE);
        assertThat(state().with(old)).isEqualTo(state());
    }

    @Test
    void outputThatIsNotFiniteIsWithheld() {
        // given
        readUntil(START, START + 100);
        engine.multiplyBy(Float.NaN);

        // when
        Tick tick = read(START + 101, load(START + 101));

        // then
        assertThat(tick.forecasts()).isEmpty();
        assertThat(tick.withheld()).isEqualTo(Withheld.NOT_FINITE);
        assertThat(tick.scores()).hasSize(12);
    }

    @Test
    void aModelOfTheNextHourForecastsAndScoresThatHour() {
        // given
        LastValueEngine nextHour = LastValueEngine.ofNextHour("AEP");
        OneByOne ofNextHour = new OneByOne(nextHour);
        for (long hour = START; hour < START + LOOKBACK; hour++) {
            ofNextHour.on(reading(hour, 1000));
        }

        // when
        Tick tick = ofNextHour.on(reading(START + LOOKBACK, 1100));

        // then
        assertThat(tick.scores()).singleElement().satisfies(score -> {
            assertThat(score.leadHours()).isEqualTo(1);
            assertThat(score.residualMw()).isEqualTo(100);
            assertThat(score.all().count()).isEqualTo(1);
        });
        assertThat(tick.forecasts()).singleElement().satisfies(forecast -> {
            assertThat(forecast.p50Mw()).containsExactly(1100);
        });
    }

    @Test
    void aRegionThatTheModelWasNotTrainedOnIsKeptAndNotForecast() {
        // given
        LastValueEngine ofAnother = LastValueEngine.ofNextHour("DUQ");
        OneByOne unknowing = new OneByOne(ofAnother);

        for (long hour = START; hour < START + LOOKBACK + 5; hour++) {
            // when
            Tick tick = unknowing.on(reading(hour, 1000));

            // then: from the first reading on
            assertThat(tick.withheld()).isEqualTo(Withheld.UNKNOWN_REGION);
            assertThat(tick.forecasts()).isEmpty();
            assertThat(tick.scores()).isEmpty();
        }
        RegionState last = unknowing.states.of(REGION);
        assertThat(last.newestReadingHour()).isEqualTo(START + LOOKBACK + 4);
        assertThat(last.windowAt(START + LOOKBACK + 4, 0)).isNotNull();
    }

    private static Reading reading(long hour, double loadMw) {
        return new Reading(REGION, EpochHour.start(hour), loadMw);
    }

    @Test
    void loadsOfZeroGiveFiniteBaselines() {
        // given
        for (long hour = START; hour < START + 95; hour++) {
            read(hour, 0);
        }

        // when
        Tick tick = read(START + 95, 0);

        // then
        assertThat(tick.scores()).hasSize(6).allSatisfy(score -> {
            assertThat(score.baselineMw()).isZero();
            assertThat(score.smapePct()).isZero();
            assertThat(score.baselineSmapePct()).isZero();
        });
    }
}
