package io.loadcast.forecasting;

import static io.loadcast.forecasting.RegionForecastingTest.EVERY_LEAD;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.loadcast.domain.CivilCalendar;
import io.loadcast.domain.EpochHour;
import io.loadcast.domain.ImputationLimits;
import io.loadcast.domain.Reading;
import io.loadcast.domain.Region;
import io.loadcast.domain.RegionCalendars;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BatchedForecastingTest {
    private static final Region REGION = new Region("AEP");
    private static final long START = 400_000;
    private static final int LOOKBACK = 90;
    private static final int BACKLOG = 24;

    private final LastValueEngine engine = new LastValueEngine();
    private final RecordedOutputs outputs = new RecordedOutputs();
    private final MapRegionStates states = new MapRegionStates(StateLayout.of(engine.manifest(), BACKLOG, EVERY_LEAD));

    private RegionForecasting forecasting(int batchSize) {
        return forecasting(batchSize, states, outputs);
    }

    private RegionForecasting forecasting(int batchSize, RegionStates in, RecordedOutputs out) {
        return new RegionForecasting(
                IntakeRules.DEFAULT,
                new ForecastBatch(
                        engine, new RegionCalendars(Map.of(), CivilCalendar.UTC), ImputationLimits.DEFAULT, batchSize),
                in,
                out);
    }

    private static Reading reading(Region region, long hour, double loadMw) {
        return new Reading(region, EpochHour.start(hour), loadMw);
    }

    private static Reading reading(long hour) {
        return reading(REGION, hour, 1000 + hour % 24);
    }

    private void warmUp(RegionForecasting forecasting) {
        for (long hour = START; hour < START + LOOKBACK; hour++) {
            forecasting.take(reading(hour));
        }
        forecasting.flush();
        outputs.clear();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16})
    void outputsAreThoseOfBatchesOfOneWhateverIsFlushedWhenAndAcrossRestarts(long seed) {
        // given
        Random random = new Random(seed);
        List<Reading> stream = RandomReadings.stream(random, START, 4000);
        RecordedOutputs oneByOne = new RecordedOutputs();
        MapRegionStates plainStates = new MapRegionStates(StateLayout.of(engine.manifest(), BACKLOG, EVERY_LEAD));
        RegionForecasting plain = forecasting(1, plainStates, oneByOne);
        stream.forEach(plain::take);

        // when
        int batchSize = 2 + random.nextInt(100);
        RegionForecasting batched = forecasting(batchSize);
        int largest = 0;
        for (Reading reading : stream) {
            batched.take(reading);
            largest = Math.max(largest, batched.dueHours());
            double dice = random.nextDouble();
            if (dice < 0.02) {
                batched.flush();
            } else if (dice < 0.04) {
                batched = forecasting(batchSize);
                batched.rebuild();
            }
        }
        batched.flush();

        // then
        assertThat(outputs.byRegion)
                .as("seed %d, batch size %d", seed, batchSize)
                .isEqualTo(oneByOne.byRegion);
        assertThat(oneByOne.kinds()).as("seed %d: what came out", seed).containsAll(RecordedOutputs.EVERY_KIND);
        assertThat(largest)
                .as("seed %d: hours that waited together", seed)
                .isGreaterThanOrEqualTo(Math.min(batchSize - 1, 5));
        plainStates.forEach((region, state) -> assertThat(states.of(region))
                .as("seed %d, state of %s", seed, region)
                .isEqualTo(state));
        plainStates.forEach((region, state) -> assertThat(states.daysOf(region))
                .as("seed %d, score history of %s", seed, region)
                .isEqualTo(plainStates.daysOf(region)));
        plainStates.forEach((region, state) -> assertThat(states.profileOf(region))
                .as("seed %d, load profile of %s", seed, region)
                .isEqualTo(plainStates.profileOf(region)));
        assertThat(batched.dueHours()).isZero();
    }

    @Test
    void everyForecastHasItsOwnIssueTimeOnceAndInOrder() {
        // given
        RegionForecasting forecasting = forecasting(64);
        warmUp(forecasting);

        // when
        for (long hour = START + LOOKBACK; hour < START + LOOKBACK + 10; hour++) {
            forecasting.take(reading(hour));
        }
        forecasting.flush();
        forecasting.flush();

        // then
        assertThat(outputs.forecasts)
                .extracting(Forecast::issueHour)
                .containsExactly(LongStream.range(START + LOOKBACK, START + LOOKBACK + 10)
                        .boxed()
                        .toArray(Long[]::new));
    }

    @Test
    void anHourThatWasReadBeforeTheForecastOfTheHourBeforeWasRunScoresThatForecastOnce() {
        // given
        RegionForecasting forecasting = forecasting(64);
        warmUp(forecasting);

        // when
        forecasting.take(reading(START + LOOKBACK));
        forecasting.take(reading(START + LOOKBACK + 1));
        int before = outputs.scores.size();
        forecasting.flush();

        // then
        assertThat(before).isZero();
        assertThat(outputs.scores)
                .extracting(score -> score.validHour() - START - LOOKBACK, PointScore::leadHours)
                .hasSize(48)
                .doesNotHaveDuplicates()
                .contains(tuple(0L, 1), tuple(1L, 1), tuple(1L, 24));
    }

    @Test
    void aFullBatchIsFlushedAndRunsOnce() {
        // given
        RegionForecasting forecasting = forecasting(8);
        warmUp(forecasting);
        int runs = engine.runs();

        // when
        for (long hour = START + LOOKBACK; hour < START + LOOKBACK + 8; hour++) {
            forecasting.take(reading(hour));
        }

        // then
        assertThat(outputs.forecasts).hasSize(8);
        assertThat(engine.runs() - runs).isEqualTo(1);
        assertThat(forecasting.dueHours()).isZero();
    }

    @Test
    void aFlushStoresEachRegionOnce() {
        // given
        RegionForecasting forecasting = forecasting(64);
        for (long hour = START; hour < START + 20; hour++) {
            forecasting.take(reading(hour));
            forecasting.take(reading(new Region("DUQ"), hour, 50));
        }
        int puts = states.puts();

        // when
        forecasting.flush();

        // then
        assertThat(states.puts() - puts).isEqualTo(2);
    }

    @Test
    void aReadingThatWouldPushOutWhatADueWindowNeedsFlushesFirst() {
        // given
        RegionForecasting forecasting = forecasting(64);
        warmUp(forecasting);
        for (long hour = START + LOOKBACK; hour <= START + LOOKBACK + BACKLOG; hour++) {
            forecasting.take(reading(hour));
        }
        int before = outputs.forecasts.size();

        // when
        forecasting.take(reading(START + LOOKBACK + BACKLOG + 1));

        // then
        assertThat(before).isZero();
        assertThat(outputs.forecasts).hasSize(BACKLOG + 1);
        assertThat(forecasting.dueHours()).isEqualTo(1);
    }

    @Test
    void aCorrectionWaitsUntilTheForecastsOfWhatWasReadBeforeItAreIssued() {
        // given
        RegionForecasting forecasting = forecasting(64);
        warmUp(forecasting);
        forecasting.take(reading(REGION, START + LOOKBACK, 1000));

        // when
        ReadingOutcome outcome = forecasting.take(reading(REGION, START + LOOKBACK, 5000));

        // then
        assertThat(outcome).isEqualTo(ReadingOutcome.CORRECTION);
        assertThat(outputs.forecasts)
                .singleElement()
                .satisfies(forecast -> assertThat(forecast.p50Mw()).containsOnly(1000));
        assertThat(states.of(REGION).loadMw(START + LOOKBACK)).isEqualTo(5000);
    }

    @Test
    void aRepeatedReadingLeavesWhatIsDueWaiting() {
        // given
        RegionForecasting forecasting = forecasting(64);
        warmUp(forecasting);
        forecasting.take(reading(START + LOOKBACK));

        // when
        ReadingOutcome outcome = forecasting.take(reading(START + LOOKBACK));

        // then
        assertThat(outcome).isEqualTo(ReadingOutcome.DUPLICATE);
        assertThat(forecasting.dueHours()).isEqualTo(1);
        assertThat(outputs.forecasts).isEmpty();
    }

    @Test
    void whatIsDueIsFoundInTheStoreByWhoeverComesNext() {
        // given
        RegionForecasting crashed = forecasting(64);
        warmUp(crashed);
        crashed.take(reading(START + LOOKBACK));
        crashed.take(reading(START + LOOKBACK + 2)); // the hour between is missing, so it is not due
        RegionForecasting next = forecasting(64);

        // when
        next.rebuild();
        next.rebuild();

        // then
        assertThat(next.dueHours()).isEqualTo(2);
        next.flush();
        assertThat(outputs.forecasts)
                .extracting(Forecast::issueHour)
                .containsExactly(START + LOOKBACK, START + LOOKBACK + 2);
    }

    @Test
    void moreThanABatchThatIsDueIsRunInSeveral() {
        // given
        RegionForecasting large = forecasting(64);
        warmUp(large);
        for (long hour = START + LOOKBACK; hour < START + LOOKBACK + 20; hour++) {
            large.take(reading(hour));
        }
        RegionForecasting small = forecasting(8);
        int runs = engine.runs();

        // when
        small.rebuild();
        small.flush();

        // then
        assertThat(outputs.forecasts).hasSize(20);
        assertThat(engine.runs() - runs).isEqualTo(3);
    }

    @Test
    void aDeviceThatFailsChangesNothingAndAllIsStillDue() {
        // given
        RegionForecasting forecasting = forecasting(64);
        warmUp(forecasting);
        forecasting.take(reading(START + LOOKBACK));
        RegionState before = states.of(REGION);
        engine.failNextRun();

        // when
        assertThatThrownBy(forecasting::flush).isInstanceOf(ForecastEngineException.class);

        // then
        assertThat(states.of(REGION)).isEqualTo(before);
        assertThat(outputs.byRegion).isEqualTo(new TreeMap<>());
        forecasting.flush();
        assertThat(outputs.forecasts).hasSize(1);
    }
}
