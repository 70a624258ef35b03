package io.loadcast.forecasting;

import static org.assertj.core.api.Assertions.assertThat;

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
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Challengers beside a champion: each says that the next hours are as the last one, times a factor. */
class ChallengersTest {
    private static final Region AEP = new Region("AEP");
    private static final long START = 480_000; // a midnight
    private static final PromotionRule RULE = new PromotionRule(48, 0.02);

    private final VersionedEngine champion = new VersionedEngine("1", 1.1f);
    private final VersionedEngine better = new VersionedEngine("2", 1);
    private final VersionedEngine worse = new VersionedEngine("3", 1.5f);
    private final StateLayout layout = new StateLayout(90, 24, ScoredLeads.DEFAULT);
    private final AtomicLong nanos = new AtomicLong();
    private final Run run = new Run(new ModelSnapshot(champion, Map.of(), List.of(better, worse), Map.of()), RULE);

    /** One task, its stores and what comes out. */
    private final class Run {
        final ServedModels models;
        final MapRegionStates states = new MapRegionStates(layout);
        final MapChallengerStates challengerStates = new MapChallengerStates(layout);
        final RecordedOutputs outputs = new RecordedOutputs();
        final RecordedChallengers challengers = new RecordedChallengers();
        final @Nullable PromotionRule rule;
        ForecastBatch batch;
        RegionForecasting forecasting;

        Run(ModelSnapshot snapshot, @Nullable PromotionRule rule) {
            this.models = new ServedModels(snapshot);
            this.rule = rule;
            start(1);
        }

        void start(int batchSize) {
            batch = new ForecastBatch(
                    models,
                    new RegionCalendars(Map.of(), CivilCalendar.UTC),
                    ImputationLimits.DEFAULT,
                    batchSize,
                    nanos::get);
            forecasting = new RegionForecasting(
                    IntakeRules.DEFAULT,
                    batch,
                    states,
                    outputs,
                    new Challengers(batch, challengerStates, challengers, rule));
            forecasting.rebuild();
        }

        void read(long from, long to) {
            for (long hour = from; hour < to; hour++) {
                forecasting.take(reading(hour));
            }
        }
    }

    private static Reading reading(long hour) {
        double loadMw = 1000 + Math.round(20 * Math.sin(hour * 1.7)) + hour % 7;
        return new Reading(AEP, EpochHour.start(hour), loadMw);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6})
    void whatComesOutDoesNotDependOnBatchesAndRestartsAndForecastsNotOnChallengers(long seed) {
        // given
        Random random = new Random(seed);
        List<Reading> stream = RandomReadings.stream(random, START, 4000);
        Run alone = new Run(ModelSnapshot.of(champion), RULE);
        stream.forEach(alone.forecasting::take);
        Run plain = new Run(models(), RULE);
        stream.forEach(plain.forecasting::take);

        // when
        int batchSize = 2 + random.nextInt(100);
        run.start(batchSize);
        for (Reading reading : stream) {
            run.forecasting.take(reading);
            double dice = random.nextDouble();
            if (dice < 0.02) {
                run.forecasting.flush();
            } else if (dice < 0.04) {
                run.start(batchSize);
            }
        }
        run.forecasting.flush();

        // then
        assertThat(run.outputs.byRegion).as("seed %d", seed).isEqualTo(alone.outputs.byRegion);
        assertThat(plain.outputs.byRegion).as("seed %d", seed).isEqualTo(alone.outputs.byRegion);
        assertThat(run.challengers.byChallenger)
                .as("seed %d, batch size %d", seed, batchSize)
                .isEqualTo(plain.challengers.byChallenger);
        assertThat(run.challengerStates.kept()).as("seed %d", seed).isEqualTo(plain.challengerStates.kept());
        assertThat(plain.challengers.byChallenger).as("seed %d", seed).hasSize(6);
        assertThat(plain.challengers.scores).as("seed %d", seed).anyMatch(score -> score.revision() > 0);
        assertThat(plain.challengers.promotions)
                .as("seed %d", seed)
                .hasSize(3)
                .allSatisfy(promotion -> assertThat(promotion.challenger()).isEqualTo(better.model()));
    }

    private ModelSnapshot models() {
        return new ModelSnapshot(champion, Map.of(), List.of(better, worse), Map.of());
    }

    @Test
    void aChallengerIsScoredAsItWouldBeIfItWereChampion() {
        // given
        Run asChampion = new Run(ModelSnapshot.of(better), null);
        Run asChallenger = new Run(new ModelSnapshot(champion, Map.of(), List.of(better), Map.of()), null);

        // when
        for (Run each : List.of(asChampion, asChallenger)) {
            each.read(START, START + 400);
            each.forecasting.take(new Reading(AEP, EpochHour.start(START + 395), 1200));
            each.forecasting.take(new Reading(AEP, EpochHour.start(START + 300), 1300));
            each.read(START + 402, START + 410);
            each.forecasting.take(reading(START + 400));
        }

        // then
        List<String> expected = late(asChampion.outputs.scores);
        assertThat(late(asChallenger.challengers.scores)).isEqualTo(expected).hasSizeGreaterThan(200);
        assertThat(asChallenger.outputs.scores)
                .as("those of the champion are its own")
                .noneMatch(score -> expected.contains(text(score)));
    }

    /** When no forecast of the warm-up is in a window any more. */
    private static List<String> late(List<PointScore> scores) {
        return scores.stream()
                .filter(score -> score.validHour() >= START + 90 + 24 + 168)
                .map(ChallengersTest::text)
                .toList();
    }

    /** But for what is since the beginning. */
    private static String text(PointScore score) {
        return score.toString().replaceAll("all=.*", "");
    }

    @Test
    void aChallengerThatFailsCostsTheChampionNothingAndIsScoredAgainAfterwards() {
        // given
        run.read(START, START + 200);
        better.duringRun(() -> {
            throw new IllegalStateException("the graph is broken");
        });

        // when
        run.read(START + 200, START + 210);
        better.duringRun(null);
        run.read(START + 210, START + 300);

        // then
        assertThat(run.outputs.forecasts)
                .filteredOn(forecast -> forecast.issueHour() >= START + 200)
                .hasSize(100)
                .allSatisfy(forecast -> assertThat(forecast.model()).isEqualTo(champion.model()));
        assertThat(run.batch.takeChallengerLost()).isEqualTo(10);
        assertThat(run.batch.takeChallengerFailure())
                .contains("last-value@2")
                .contains("fails: the graph is broken")
                .contains("This is said once");
        assertThat(run.batch.takeChallengerFailure()).isNull();
        assertThat(hoursScoredAnHourAhead(better.model()))
                .contains(START + 200, START + 211)
                .doesNotContain(START + 201, START + 210);
        assertThat(hoursScoredAnHourAhead(worse.model())).contains(START + 201, START + 210);
    }

    private List<Long> hoursScoredAnHourAhead(ModelId model) {
        return run.challengers.byChallenger.getOrDefault(AEP + "/" + model.version(), List.of()).stream()
                .filter(text -> text.contains("leadHours=1,"))
                .map(text -> Long.parseLong(text.replaceAll(".*validHour=(\\d+).*", "$1")))
                .toList();
    }

    @Test
    void aChallengerThatGivesNoNumberIsNotScored() {
        // given
        better.multiplyBy(Float.NaN);

        // when
        run.read(START, START + 120);

        // then
        assertThat(run.outputs.forecasts).isNotEmpty();
        assertThat(run.batch.takeChallengerFailure()).contains("gave a load that is not finite");
        assertThat(run.batch.takeChallengerLost()).isPositive();
        assertThat(hoursScoredAnHourAhead(better.model())).isEmpty();
        assertThat(hoursScoredAnHourAhead(worse.model())).isNotEmpty();
    }

    @Test
    void aChallengerThatIsSlowIsLeftOutForAMinute() {
        // given
        run.read(START, START + 100);
        better.duringRun(() -> nanos.addAndGet(ChallengerRuns.SLOW.toNanos() + 1));

        // when
        run.read(START + 100, START + 101);
        int runs = better.runs();
        better.duringRun(null);
        run.read(START + 101, START + 110);
        int duringRest = better.runs() - runs;
        nanos.addAndGet(ChallengerRuns.REST.toNanos());
        run.read(START + 110, START + 111);

        // then
        assertThat(duringRest).isZero();
        assertThat(better.runs()).isEqualTo(runs + 1);
        assertThat(run.batch.takeChallengerFailure()).contains("took 1000 ms for 1 windows");
        assertThat(run.batch.takeChallengerLost()).isEqualTo(9);
    }

    @Test
    void theBetterOneIsPromotedOnceAndIfItTurnsOutWorseTheFormerChampionIsPutBack() {
        // given
        run.read(START, START + 400);
        assertThat(run.challengers.promotions).singleElement().satisfies(promotion -> {
            assertThat(promotion.challenger()).isEqualTo(better.model());
            assertThat(promotion.champion()).isEqualTo(champion.model());
            assertThat(promotion.verdict().pValue()).isLessThan(PromotionRule.LEVEL);
            assertThat(promotion.verdict().hours()).isBetween(RULE.fewestHours(), RULE.hours());
            assertThat(promotion.verdict().challengerPct())
                    .isLessThan(promotion.verdict().championPct());
            assertThat(Math.floorMod(promotion.hour(), 24))
                    .as("once a day is looked")
                    .isZero();
        });

        // when
        run.models.publish(new ModelSnapshot(better, Map.of(), List.of(champion), Map.of()));
        run.read(START + 400, START + 500);
        int whileItIsBetter = run.challengers.promotions.size();
        champion.multiplyBy(1);
        better.multiplyBy(1.2f);
        run.read(START + 500, START + 600);

        // then
        assertThat(whileItIsBetter).isEqualTo(1);
        assertThat(run.challengers.promotions).hasSize(2);
        Promotion back = run.challengers.promotions.get(1);
        assertThat(back.champion()).isEqualTo(better.model());
        assertThat(back.challenger()).isEqualTo(champion.model());
        assertThat(back.hour()).isGreaterThan(START + 500);
    }

    @Test
    void hoursBeforeTheChampionWasInForceDoNotCount() {
        // given
        run.read(START, START + 130);
        assertThat(run.challengers.promotions).isEmpty();

        // when
        run.models.publish(new ModelSnapshot(worse, Map.of(), List.of(better), Map.of()));
        run.read(START + 130, START + 300);

        // then
        long first = run.challengers.promotions.get(0).hour();
        assertThat(first).isGreaterThanOrEqualTo(START + 130 + 24 + RULE.fewestHours());
    }

    @Test
    void whatIsKeptOfAModelThatChallengesNoMoreIsForgotten() {
        // given
        run.read(START, START + 130);
        assertThat(run.challengerStates.kept().toString()).contains("2222").contains("3333");

        // when
        run.models.publish(new ModelSnapshot(champion, Map.of(), List.of(better), Map.of()));
        run.read(START + 130, START + 131);

        // then
        assertThat(run.challengerStates.kept().keySet().toString())
                .contains("2222")
                .doesNotContain("3333");
    }

    @Test
    void theFormatIsTheOneThatTheGoldenFileHolds() throws IOException {
        // given
        Path golden = Path.of("src/test/resources/state/challenger-state.format-1.hex");
        run.read(START, START + 400);

        // when
        ChallengerState state = run.challengerStates.of(AEP, "2222222222222222");

        // then
        assertThat(state).isNotNull();
        assertThat(state.isPromoted()).isTrue();
        assertThat(HexFormat.of().formatHex(state.packed()))
                .startsWith("01")
                .isEqualTo(Files.readString(golden).strip());
        byte[] unknown = state.packed().clone();
        unknown[0] = 2;
        org.assertj.core.api.Assertions.assertThatThrownBy(() -> ChallengerState.ofPacked(layout, unknown))
                .isInstanceOf(IncompatibleStateException.class)
                .hasMessageContaining("another version of loadcast");
    }
}
