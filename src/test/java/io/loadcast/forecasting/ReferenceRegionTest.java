package io.loadcast.forecasting;

import static org.assertj.core.api.Assertions.assertThat;

import io.loadcast.domain.CivilCalendar;
import io.loadcast.domain.ImputationLimits;
import io.loadcast.domain.Megawatts;
import io.loadcast.domain.Reading;
import io.loadcast.domain.Region;
import io.loadcast.domain.RegionCalendars;
import io.loadcast.inference.Device;
import io.loadcast.inference.EngineOptions;
import io.loadcast.inference.ModelFile;
import io.loadcast.inference.OnnxForecastEngine;
import io.loadcast.inference.TestModels;
import io.loadcast.reference.GeneratedRecord;
import io.loadcast.reference.Output;
import io.loadcast.reference.ReadingGenerator;
import io.loadcast.reference.ReferenceRegion;
import io.loadcast.reference.Rules;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The use case against the {@linkplain ReferenceRegion reference}, with flushes and restarts at any moment. {@code -Dloadcast.reference.seeds=N} takes
 * more seeds, {@code -Dloadcast.reference.seed=N} begins with another.
 */
class ReferenceRegionTest {
    private static final long FIRST_SEED = Long.getLong("loadcast.reference.seed", 1);
    private static final int SEEDS = Integer.getInteger("loadcast.reference.seeds", 4);
    private static final int READINGS = Integer.getInteger("loadcast.reference.readings", 8_000);

    /** As documented, and others; in turns. */
    private static final List<Rules> RULES = List.of(
            Rules.DEFAULT,
            new Rules(24, 10, 6, 6, 9, List.of()),
            new Rules(48, 5, 3, 10, 27, List.of(1, 3, 6, 12, 18, 24)),
            Rules.DEFAULT,
            new Rules(1, 20, 12, 0, 0, List.of(3)),
            new Rules(100, 2, 2, 90, 90, List.of(24)));

    private static OnnxForecastEngine engine;

    static LongStream seeds() {
        return LongStream.range(FIRST_SEED, FIRST_SEED + SEEDS);
    }

    @BeforeAll
    static void open() {
        engine = OnnxForecastEngine.open(
                ModelFile.of("test", TestModels.dailyRange()), new EngineOptions(Device.CPU, 1));
    }

    @AfterAll
    static void close() {
        engine.close();
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void whatComesOutOfRandomReadingsIsWhatTheRulesSay(long seed) {
        // given
        Random random = new Random(~seed);
        Rules rules = RULES.get((int) (seed % RULES.size()));
        ReadingGenerator generator = new ReadingGenerator(seed, rules);
        MapRegionStates states =
                new MapRegionStates(StateLayout.of(engine.manifest(), 24, ScoredLeads.of(rules.leads())));
        Given given = new Given();
        int batchSize = 1 + random.nextInt(random.nextBoolean() ? 4 : 64);
        RegionForecasting forecasting = forecasting(rules, batchSize, states, given);
        Deque<String> newest = new ArrayDeque<>();

        // when
        for (int i = 0; i < READINGS; i++) {
            GeneratedRecord record = generator.next();
            Reading reading = record.reading();
            if (reading == null) {
                continue;
            }
            ReferenceRegion.Taken expected = generator.region(record.region()).take(reading);
            newest.addLast(i + ": " + record + " → " + expected.outcome() + expected.suspicions());
            if (newest.size() > 400) {
                newest.removeFirst();
            }
            given.expect(record.region(), expected);

            // then
            String when = "seed " + seed + ", batch size " + batchSize + ", " + rules;
            String outcome = kebab(forecasting.take(reading));
            given.requireNoDifference(when, newest, record.region());
            assertThat(outcome)
                    .as("%s: %s", when, last(newest, record.region()))
                    .isEqualTo(expected.outcome());
            double dice = random.nextDouble();
            if (dice < 0.05) {
                forecasting.flush();
            } else if (dice < 0.07) {
                forecasting = forecasting(rules, batchSize, states, given);
                forecasting.rebuild();
            }
            given.requireNoDifference(when, newest, record.region());
        }
        forecasting.flush();
        given.requireNoDifference("seed " + seed, newest, "R0");
        given.requireNothingMissing("seed " + seed);
        System.out.println(
                "reference: " + "seed " + seed + ", batch size " + batchSize + ", " + rules + ": " + given.counts);
    }

    private static RegionForecasting forecasting(
            Rules rules, int batchSize, RegionStates states, ForecastOutputs outputs) {
        RegionCalendars calendars = new RegionCalendars(Map.of(), CivilCalendar.UTC);
        ImputationLimits limits = new ImputationLimits(rules.maxRunHours(), rules.maxHours() / 90.0);
        IntakeRules intake = new IntakeRules(rules.maxJumpHours(), rules.spikeFactor(), rules.flatlineHours());
        ForecastBatch batch = new ForecastBatch(engine, calendars, limits, batchSize);
        return new RegionForecasting(intake, batch, states, outputs);
    }

    private static String kebab(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    private static List<String> last(Deque<String> newest, String region) {
        List<String> of = newest.stream()
                .filter(line -> line.contains(" " + region + " "))
                .toList();
        return of.subList(Math.max(0, of.size() - 25), of.size());
    }

    /** What comes out, held against what has to; series by series, each in its order. */
    private static final class Given implements ForecastOutputs {
        private final Map<String, Deque<Object>> expected = new TreeMap<>();
        private final Map<String, Long> counts = new TreeMap<>();
        private @Nullable String difference;

        void expect(String region, ReferenceRegion.Taken taken) {
            counts.merge("outcome " + taken.outcome(), 1L, Long::sum);
            for (String suspicion : taken.suspicions()) {
                add("suspicions", suspicion);
            }
            for (String reason : taken.withheld()) {
                add("withheld of " + region, reason);
            }
            for (Output output : taken.outputs()) {
                add(series(output), output);
            }
        }

        private void add(String series, Object output) {
            expected.computeIfAbsent(series, key -> new ArrayDeque<>()).addLast(output);
        }

        private static String series(Output output) {
            return output.getClass().getSimpleName() + "s of " + output.region();
        }

        private void came(Output output) {
            came(series(output), output);
        }

        private void came(String series, Object actual) {
            counts.merge(kind(actual), 1L, Long::sum);
            Object next =
                    expected.computeIfAbsent(series, key -> new ArrayDeque<>()).pollFirst();
            boolean isRight = next instanceof Output output ? output.isShownBy((Output) actual) : actual.equals(next);
            if (!isRight && difference == null) {
                difference = series + "\n expected " + next + "\n but was  " + actual;
            }
        }

        private static String kind(Object output) {
            if (output instanceof Output.Forecast forecast) {
                return "forecast " + forecast.method() + " " + forecast.quality()
                        + (forecast.revision() > 0 ? " re-issued" : "");
            }
            if (output instanceof Output.Score score) {
                return "score" + (score.revision() > 0 ? " again" : "");
            }
            if (output instanceof Output.GapAlert alert) {
                return "alert " + (alert.clearedHour() == null ? "raised" : "cleared");
            }
            return output instanceof Output.Unconfirmed ? "unconfirmed" : String.valueOf(output);
        }

        void requireNoDifference(String when, Deque<String> newest, String region) {
            assertThat(difference)
                    .as("%s, after\n%s\n", when, String.join("\n", last(newest, region)))
                    .isNull();
        }

        void requireNothingMissing(String when) {
            List<Object> missing = new ArrayList<>();
            expected.values().forEach(missing::addAll);
            assertThat(missing).as("%s: did not come out", when).isEmpty();
        }

        @Override
        public void score(Region region, PointScore score) {
            came(new Output.Score(
                    region.name(),
                    score.validHour(),
                    score.leadHours(),
                    score.revision(),
                    score.actualMw(),
                    score.forecastMw(),
                    score.baselineMw(),
                    score.smapePct(),
                    score.baselineSmapePct(),
                    score.inInterval(),
                    running(score.last24h()),
                    running(score.last168h()),
                    running(score.all())));
        }

        private static Output.Running running(RunningScore score) {
            return new Output.Running(score.count(), score.smapePct(), score.baselineSmapePct(), score.coveragePct());
        }

        @Override
        public void forecast(Forecast forecast) {
            came(new Output.Forecast(
                    forecast.region().name(),
                    forecast.issueHour(),
                    forecast.revision(),
                    forecast.method().key(),
                    kebab(forecast.quality()),
                    forecast.reason(),
                    list(forecast.p10Mw()),
                    list(forecast.p50Mw()),
                    list(forecast.p90Mw())));
        }

        private static List<Double> list(double[] mw) {
            return Arrays.stream(mw).boxed().toList();
        }

        @Override
        public void withheld(Region region, Withheld reason) {
            came("withheld of " + region, kebab(reason));
        }

        @Override
        public void suspect(Region region, Suspicion suspicion) {
            came("suspicions", kebab(suspicion));
        }

        @Override
        public void unconfirmed(Reading held, @Nullable Long newestReadingHour) {
            came(new Output.Unconfirmed(
                    held.region().name(),
                    held.epochHour(),
                    Megawatts.ofStored((float) held.loadMw()),
                    newestReadingHour));
        }

        @Override
        public void alert(Alert alert) {
            came(new Output.GapAlert(
                    String.valueOf(alert.region()),
                    alert.id(),
                    alert.raisedHour(),
                    alert.clearedHour(),
                    alert.evidence()));
        }
    }
}
