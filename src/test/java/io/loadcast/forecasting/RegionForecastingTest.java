package io.loadcast.forecasting;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.assertj.core.api.Assertions.within;

import io.loadcast.domain.CivilCalendar;
import io.loadcast.domain.EpochHour;
import io.loadcast.domain.ImputationLimits;
import io.loadcast.domain.Megawatts;
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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RegionForecastingTest {
    private static final Region REGION = new Region("AEP");
    private static final long START = 400_000;
    private static final int LOOKBACK = 90;
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
                    IntakeRules.DEFAULT,
                    new ForecastBatch(
                            engine, new RegionCalendars(Map.of(), CivilCalendar.UTC), ImputationLimits.DEFAULT, 1),
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
    void theModelForecastsFromTheNinetiethReadingOn() {
        // given
        Tick before = readUntil(START, START + LOOKBACK - 2);

        // when
        Tick tick = read(START + LOOKBACK - 1, 1000);

        // then
        assertThat(before.forecasts()).singleElement().satisfies(forecast -> {
            assertThat(forecast.quality()).isEqualTo(ForecastQuality.FALLBACK);
            assertThat(forecast.reason()).isEqualTo("warming up: 89 of 90 hours read; too little for hour-of-week");
            assertThat(forecast.method()).isEqualTo(ForecastMethod.RATIO);
        });
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

    /** Recomputes every running score from scratch, over a feed with gaps, late, repeated, corrected and suspect readings. */
    @ParameterizedTest
    @ValueSource(longs = {20260101, 1, 2, 3})
    void runningScoresEqualARecomputationFromAllThatIsScored(long seed) {
        Random random = new Random(seed);
        Map<Integer, TreeMap<Long, PointScore>> byLead = new TreeMap<>();
        List<Long> skipped = new ArrayList<>();
        long newest = START;
        int revised = 0;
        int dropped = 0;

        for (int step = 0; step < 1500; step++) {
            // given
            double dice = random.nextDouble();
            long hour = newest + 1;
            if (dice < 0.02) {
                hour += 1 + random.nextInt(random.nextInt(10) == 0 ? 23 : 3);
            } else if (dice < 0.04 && !skipped.isEmpty()) {
                hour = skipped.remove(skipped.size() - 1);
            } else if (dice < 0.09) {
                hour = newest - random.nextInt(random.nextInt(4) == 0 ? 130 : 5);
            }
            for (long missing = newest + 1; missing < hour; missing++) {
                skipped.add(missing);
            }
            newest = Math.max(newest, hour);
            double factor = random.nextInt(30) == 0 ? random.nextInt(2) * 20 : random.nextDouble(0.9, 1.1);

            // when
            Tick tick = read(hour, Math.round(10 * load(hour) * factor) / 10.0);

            // then
            boolean isSuspect = Float.isNaN(state().ring().inputMw(hour));
            if (isSuspect && tick.outcome() != ReadingOutcome.TOO_LATE) {
                for (TreeMap<Long, PointScore> scored : byLead.values()) {
                    dropped += scored.remove(hour) == null ? 0 : 1;
                }
            }
            for (PointScore score : tick.scores()) {
                TreeMap<Long, PointScore> scored = byLead.computeIfAbsent(score.leadHours(), lead -> new TreeMap<>());
                PointScore before = scored.put(score.validHour(), score);
                if (before != null) {
                    revised++;
                    assertThat(score.revision()).as("seed %d", seed).isEqualTo(before.revision() + 1);
                }
                assertThat(isSuspect)
                        .as("seed %d: a suspect load is no measure", seed)
                        .isFalse();
            }
            if (!state().isEmpty()) {
                expectRunning(seed, newest, byLead);
            }
        }
        assertThat(byLead).hasSize(24);
        assertThat(byLead.get(1).size()).as("seed %d", seed).isGreaterThan(300);
        assertThat(revised).as("seed %d: scored again", seed).isGreaterThan(100);
        assertThat(dropped).as("seed %d: scored no more", seed).isPositive();
    }

    private void expectRunning(long seed, long clock, Map<Integer, TreeMap<Long, PointScore>> byLead) {
        byLead.forEach((lead, scored) -> {
            expectRunning(seed, RunningSums.of(state(), lead - 1, ScoreWindow.ALL), scored.values());
            expectRunning(
                    seed,
                    RunningSums.of(state(), lead - 1, ScoreWindow.LAST_24_HOURS),
                    scored.tailMap(clock - 24, false).values());
            expectRunning(
                    seed,
                    RunningSums.of(state(), lead - 1, ScoreWindow.LAST_168_HOURS),
                    scored.tailMap(clock - 168, false).values());
        });
    }

    private static void expectRunning(long seed, RunningScore running, Collection<PointScore> scored) {
        assertThat(running.count()).as("seed %d", seed).isEqualTo(scored.size());
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
                        100.0 * scored.stream().filter(PointScore::inInterval).count() / Math.max(1, scored.size()),
                        within(1e-9));
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
    void aCorrectionScoresItsHourAgainAndIssuesTheNewestForecastAgain() {
        // given
        Tick issued = readUntil(START, START + 100);

        // when
        Tick tick = read(START + 95, 777);

        // then
        assertThat(tick.outcome()).isEqualTo(ReadingOutcome.CORRECTION);
        assertThat(tick.state().loadMw(START + 95)).isEqualTo(777f);
        assertThat(tick.scores()).hasSize(24).allSatisfy(score -> {
            assertThat(score.validHour()).isEqualTo(START + 95);
            assertThat(score.revision()).isEqualTo(1);
            assertThat(score.actualMw()).isEqualTo(777);
        });
        assertThat(issued.forecasts()).extracting(Forecast::revision).containsExactly(0);
        assertThat(tick.forecasts()).singleElement().satisfies(forecast -> {
            assertThat(forecast.issueHour()).isEqualTo(START + 100);
            assertThat(forecast.revision()).isEqualTo(1);
        });
    }

    @Test
    void eachCorrectionOfTheNewestHourIssuesItsForecastOnceMore() {
        // given
        readUntil(START, START + 100);

        // when
        Tick first = read(START + 100, 1111);
        Tick second = read(START + 100, 1112);
        Tick next = read(START + 101, 1113);

        // then
        assertThat(first.forecasts()).singleElement().satisfies(forecast -> {
            assertThat(forecast.revision()).isEqualTo(1);
            assertThat(forecast.p50Mw()).containsOnly(1111);
        });
        assertThat(second.forecasts()).extracting(Forecast::revision).containsExactly(2);
        assertThat(next.forecasts()).extracting(Forecast::revision).containsExactly(0);
        assertThat(next.scores())
                .first()
                .satisfies(score -> assertThat(score.forecastMw())
                        .as("of the last revision")
                        .isEqualTo(1112));
    }

    @Test
    void aCorrectionThatNoForecastSeesIssuesNothingAgain() {
        // given
        readUntil(START, START + 200);

        // when: older than the lookback and the day before it, which the ring still holds
        Tick tick = read(START + 200 - 120, 777);

        // then
        assertThat(tick.outcome()).isEqualTo(ReadingOutcome.CORRECTION);
        assertThat(tick.scores()).hasSize(24);
        assertThat(tick.forecasts()).isEmpty();
    }

    @Test
    void aCorrectionToASuspectLoadTakesItsScoreBackAndOneFromItScoresAgain() {
        // given
        readUntil(START, START + 100);
        int before = RunningSums.of(state(), 0, ScoreWindow.ALL).count();

        // when
        Tick suspect = read(START + 99, 0);
        int without = RunningSums.of(state(), 0, ScoreWindow.ALL).count();
        Tick mended = read(START + 99, 900);

        // then
        assertThat(suspect.scores()).isEmpty();
        assertThat(without).isEqualTo(before - 1);
        assertThat(suspect.forecasts()).singleElement().satisfies(forecast -> {
            assertThat(forecast.quality()).isEqualTo(ForecastQuality.IMPUTED);
            assertThat(forecast.reason()).isEqualTo("1 of 90 hours imputed, 1 of them suspect");
        });
        assertThat(mended.scores()).hasSize(24).extracting(PointScore::revision).containsOnly(1);
        assertThat(mended.forecasts()).singleElement().satisfies(forecast -> {
            assertThat(forecast.quality()).isEqualTo(ForecastQuality.OK);
            assertThat(forecast.revision()).isEqualTo(2);
        });
        assertThat(RunningSums.of(state(), 0, ScoreWindow.ALL).count()).isEqualTo(before);
    }

    @Test
    void aSuspectNewestHourIsForecastFromAllTheSameAndNeverScored() {
        // given
        readUntil(START, START + 100);

        // when
        Tick spike = read(START + 101, 20_000);
        Tick next = read(START + 102, load(START + 102));

        // then
        assertThat(forecasting.outputs.suspicions).isEmpty();
        assertThat(spike.scores()).isEmpty();
        assertThat(spike.state().loadMw(START + 101)).isEqualTo(20_000f);
        assertThat(spike.forecasts()).singleElement().satisfies(forecast -> {
            assertThat(forecast.quality()).isEqualTo(ForecastQuality.IMPUTED);
            assertThat(forecast.p50Mw()[0]).isCloseTo(load(START + 101), within(20.0));
        });
        assertThat(next.scores()).hasSize(24);
        assertThat(next.forecasts()).extracting(Forecast::quality).containsExactly(ForecastQuality.IMPUTED);
    }

    @Test
    void aLateReadingFillsItsGapScoresItAndIssuesTheNewestForecastAgain() {
        // given
        readUntil(START, START + 100);
        Tick gap = read(START + 102, load(START + 102));

        // when
        Tick late = read(START + 101, load(START + 101));

        // then
        assertThat(gap.outcome()).isEqualTo(ReadingOutcome.GAP);
        assertThat(late.outcome()).isEqualTo(ReadingOutcome.LATE);
        assertThat(late.scores()).hasSize(24).allSatisfy(score -> {
            assertThat(score.validHour()).isEqualTo(START + 101);
            assertThat(score.revision()).isZero();
        });
        assertThat(late.forecasts()).singleElement().satisfies(forecast -> {
            assertThat(forecast.issueHour()).isEqualTo(START + 102);
            assertThat(forecast.revision()).isEqualTo(1);
            assertThat(forecast.quality()).isEqualTo(ForecastQuality.OK);
        });
    }

    @Test
    void aLateReadingCountsInTheNextRunningScores() {
        // given
        readUntil(START, START + 100);
        Tick before = readUntil(START + 102, START + 105);

        // when
        Tick late = read(START + 101, load(START + 101));
        Tick next = read(START + 106, load(START + 106));

        // then
        assertThat(before.scores())
                .first()
                .satisfies(score -> assertThat(score.last24h().count()).isEqualTo(22));
        assertThat(late.scores()).first().satisfies(score -> {
            assertThat(score.leadHours()).isEqualTo(1);
            assertThat(score.issueHour()).isEqualTo(START + 100);
            assertThat(score.forecastMw()).isCloseTo(load(START + 100), within(0.051));
            assertThat(score.last24h().count()).isEqualTo(23);
        });
        assertThat(next.scores())
                .first()
                .satisfies(score -> assertThat(score.last24h().count()).isEqualTo(23));
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
        float[] window = state().windowAt(START + 123, ImputationLimits.DEFAULT).loadMw();
        assertThat((double) window[87])
                .isCloseTo(load(START + 120) * load(START + 97) / load(START + 96), within(1e-3));
    }

    @Test
    void aLongGapIsBridgedByTheFallbackAndAnAlertUntilTheModelForecastsAgain() {
        // given
        readUntil(START, START + 100);

        // when
        Tick afterGap = read(START + 110, load(START + 110));
        List<Alert> raised = List.copyOf(forecasting.outputs.alerts);
        Tick before = readUntil(START + 111, START + 192);
        List<Alert> between = List.copyOf(forecasting.outputs.alerts);
        Tick after = read(START + 193, load(START + 193));

        // then: nine hours are missing, and six of them are still in sight at the last
        assertThat(afterGap.forecasts()).singleElement().satisfies(forecast -> {
            assertThat(forecast.quality()).isEqualTo(ForecastQuality.FALLBACK);
            assertThat(forecast.reason())
                    .isEqualTo("9 hours in a row missing, at most 6 are imputed; too little for hour-of-week");
        });
        assertThat(raised).singleElement().satisfies(alert -> {
            assertThat(alert.id()).isEqualTo("feed-gap/AEP/" + EpochHour.start(START + 110));
            assertThat(alert.region()).isEqualTo(REGION);
            assertThat(alert.clearedHour()).isNull();
            assertThat(alert.evidence())
                    .containsEntry("missing_hours", "9")
                    .containsEntry("longest_run_hours", "9")
                    .containsEntry("fallback", "true");
        });
        assertThat(before.forecasts()).extracting(Forecast::quality).containsExactly(ForecastQuality.FALLBACK);
        assertThat(between).isEmpty();
        assertThat(after.forecasts()).extracting(Forecast::quality).containsExactly(ForecastQuality.IMPUTED);
        assertThat(forecasting.outputs.alerts).singleElement().satisfies(alert -> {
            assertThat(alert.id()).isEqualTo(raised.get(0).id());
            assertThat(alert.clearedHour()).isEqualTo(START + 193);
        });
    }

    @Test
    void afterAGapOfDaysARegionOfLessThanAWeekIsForecastByItsLastValueUntilADayIsReadAgain() {
        // given
        readUntil(START, START + 100);

        // when
        Tick held = read(START + 300, load(START + 300));
        Tick confirmed = read(START + 301, load(START + 301));
        Tick dayLater = readUntil(START + 302, START + 323);

        // then
        assertThat(held.outcome()).isEqualTo(ReadingOutcome.UNCONFIRMED);
        assertThat(held.forecasts()).isEmpty();
        assertThat(held.state().newestReadingHour()).isEqualTo(START + 100);
        assertThat(confirmed.outcome()).isEqualTo(ReadingOutcome.NEXT);
        assertThat(confirmed.state().loadMw(START + 300)).isNotNaN();
        assertThat(confirmed.forecasts())
                .hasSize(2)
                .allSatisfy(forecast -> {
                    assertThat(forecast.method()).isEqualTo(ForecastMethod.LAST_VALUE);
                    assertThat(forecast.cause()).isEqualTo(FallbackCause.LONG_GAP);
                    assertThat(forecast.p50Mw()).containsOnly(Megawatts.published((float) load(forecast.issueHour())));
                })
                .last()
                .extracting(Forecast::reason)
                .isEqualTo("88 hours in a row missing, at most 6 are imputed; too little for hour-of-week and ratio");
        assertThat(dayLater.forecasts()).extracting(Forecast::method).containsExactly(ForecastMethod.RATIO);
    }

    @Test
    void aNewRegionIsForecastFromItsFirstReadingOnByWhatCanBeComputed() {
        // given
        Tick first = readUntil(START, START + 1);

        // when
        Tick day = readUntil(START + 2, START + 22);
        Tick tick = readUntil(START + 23, START + 40);

        // then
        assertThat(first.forecasts())
                .extracting(Forecast::issueHour, Forecast::method, Forecast::reason)
                .containsExactly(
                        tuple(
                                START,
                                ForecastMethod.LAST_VALUE,
                                "warming up: 1 of 90 hours read; too little for hour-of-week and ratio"),
                        tuple(
                                START + 1,
                                ForecastMethod.LAST_VALUE,
                                "warming up: 2 of 90 hours read; too little for hour-of-week and ratio"));
        assertThat(day.forecasts()).extracting(Forecast::method).containsExactly(ForecastMethod.LAST_VALUE);
        assertThat(forecasting.outputs.alerts).isEmpty();
        assertThat(tick.forecasts()).singleElement().satisfies(forecast -> {
            assertThat(forecast.quality()).isEqualTo(ForecastQuality.FALLBACK);
            assertThat(forecast.method()).isEqualTo(ForecastMethod.RATIO);
            assertThat(forecast.cause()).isEqualTo(FallbackCause.WARMING_UP);
            assertThat(forecast.reason()).isEqualTo("warming up: 41 of 90 hours read; too little for hour-of-week");
            for (int lead = 1; lead <= 24; lead++) {
                double expected = load(START + 40 + lead - 24) * load(START + 40) / load(START + 16);
                assertThat(forecast.p50Mw()[lead - 1]).isCloseTo(expected, within(0.3));
                assertThat(forecast.p10Mw()[lead - 1]).isLessThan(forecast.p50Mw()[lead - 1]);
                assertThat(forecast.p90Mw()[lead - 1]).isGreaterThan(forecast.p50Mw()[lead - 1]);
            }
        });
    }

    @Test
    void theFirstIntervalsOfTheFallbackAreTheArchivesAndLaterOnesTheRegions() {
        // given: a load that the ratio baseline forecasts with hardly an error
        Tick first = readUntil(START, START + 23);

        // when
        Tick later = readUntil(START + 24, START + 80);

        // then
        Forecast before = first.forecasts().get(0);
        assertThat(before.p90Mw()[0] / before.p50Mw()[0] - 1).isCloseTo(1.606 * 0.01391, within(1e-3));
        assertThat(before.p90Mw()[23] / before.p50Mw()[23] - 1).isCloseTo(1.606 * 0.10373, within(1e-3));
        assertThat(before.p90Mw()[11] / before.p50Mw()[11] - 1).isCloseTo(1.606 * 0.07685, within(1e-3));
        Forecast after = later.forecasts().get(0);
        LoadProfile profile = forecasting.states.profileOf(REGION);
        double nextHour = profile.smapePct(Rung.RATIO, 0) / 100;
        double nextDay = profile.smapePct(Rung.RATIO, 3) / 100;
        assertThat(nextHour).isLessThan(0.01);
        assertThat(after.p90Mw()[0] / after.p50Mw()[0] - 1).isCloseTo(1.606 * nextHour, within(1e-3));
        assertThat(after.p90Mw()[23] / after.p50Mw()[23] - 1).isCloseTo(1.606 * nextDay, within(1e-3));
    }

    @Test
    void aReadingOlderThanTheRingIsTooLate() {
        // given
        readUntil(START, START + 300);
        RegionState before = state();

        // when
        Tick tick = read(START + 100, 1);

        // then
        assertThat(tick.outcome()).isEqualTo(ReadingOutcome.TOO_LATE);
        assertThat(tick.state()).isSameAs(before);
    }

    @Test
    void outputThatIsNotFiniteIsNotPublishedAndTheLadderStandsIn() {
        // given
        readUntil(START, START + 100);
        engine.multiplyBy(Float.NaN);

        // when
        Tick tick = read(START + 101, load(START + 101));

        // then
        assertThat(tick.forecasts()).singleElement().satisfies(forecast -> {
            assertThat(forecast.cause()).isEqualTo(FallbackCause.NOT_FINITE);
            assertThat(forecast.method()).isEqualTo(ForecastMethod.RATIO);
            assertThat(forecast.reason())
                    .isEqualTo("the model gave a load that is not finite; too little for hour-of-week");
        });
        assertThat(tick.scores()).hasSize(24);
        assertThat(forecasting.outputs.alerts)
                .as("nothing is wrong with the feed")
                .isEmpty();
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
            assertThat(score.all().count()).as("with those of the warm-up").isEqualTo(90);
        });
        assertThat(tick.forecasts()).singleElement().satisfies(forecast -> {
            assertThat(forecast.p50Mw()).containsExactly(1100);
        });
    }

    @Test
    void aRegionThatTheModelWasNotTrainedOnIsForecastByTheLadder() {
        // given
        LastValueEngine ofAnother = LastValueEngine.ofNextHour("DUQ");
        OneByOne unknowing = new OneByOne(ofAnother);
        unknowing.on(reading(START, 1000));

        for (long hour = START + 1; hour < START + LOOKBACK + 5; hour++) {
            // when
            Tick tick = unknowing.on(reading(hour, 1000));

            // then: from the first reading on that is confirmed
            assertThat(tick.withheld()).isNull();
            assertThat(tick.forecasts()).isNotEmpty().allSatisfy(forecast -> {
                assertThat(forecast.cause()).isEqualTo(FallbackCause.UNKNOWN_REGION);
                assertThat(forecast.reason()).startsWith("model last-value was not trained on the region; ");
                assertThat(forecast.p50Mw()).containsExactly(1000);
            });
        }
        assertThat(unknowing.outputs.alerts).isEmpty();
        assertThat(unknowing.states.of(REGION).newestReadingHour()).isEqualTo(START + LOOKBACK + 4);
    }

    private static Reading reading(long hour, double loadMw) {
        return new Reading(REGION, EpochHour.start(hour), loadMw);
    }

    @Test
    void aRegionThatReadsNothingButZeroIsNeitherForecastNorScored() {
        for (long hour = START; hour < START + 95; hour++) {
            // when
            Tick tick = read(hour, 0);

            // then
            assertThat(tick.forecasts()).isEmpty();
            assertThat(tick.scores()).isEmpty();
            assertThat(tick.withheld()).isEqualTo(hour == START ? null : Withheld.WARMING_UP);
        }
        assertThat(state().loadMw(START + 94)).isZero();
    }

    @Test
    void aRegionThatComesBackWithNothingButZeroIsNotForecast() {
        // given
        readUntil(START, START + 100);
        read(START + 300, 0);

        // when
        Tick tick = read(START + 301, 0);

        // then
        assertThat(tick.forecasts()).isEmpty();
        assertThat(tick.withheld()).isEqualTo(Withheld.LONG_GAP);
        assertThat(forecasting.outputs.alerts)
                .singleElement()
                .satisfies(alert -> assertThat(alert.evidence()).containsEntry("fallback", "false"));
    }

    @Test
    void aFirstReadingOfZeroDelaysTheModelByAnHour() {
        // given
        read(START, 0);

        // when
        Tick ninetieth = readUntil(START + 1, START + 89);
        Tick next = read(START + 90, load(START + 90));

        // then
        assertThat(ninetieth.forecasts()).singleElement().satisfies(forecast -> {
            assertThat(forecast.quality()).isEqualTo(ForecastQuality.FALLBACK);
            assertThat(forecast.reason())
                    .isEqualTo("warming up: 90 of 90 hours read, 1 of them suspect; too little for hour-of-week");
        });
        assertThat(next.forecasts()).extracting(Forecast::quality).containsExactly(ForecastQuality.OK);
    }
}
