package io.loadcast.forecasting;

import static org.assertj.core.api.Assertions.assertThat;

import io.loadcast.domain.EpochHour;
import io.loadcast.domain.Reading;
import io.loadcast.domain.Region;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongToDoubleFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SuspicionTest {
    private static final StateLayout LAYOUT = new StateLayout(90, 24, ScoredLeads.DEFAULT);
    private static final long START = 400_000;

    private RegionState state = RegionState.empty(LAYOUT);

    private Suspicion read(long hour, double loadMw) {
        Reading reading = new Reading(new Region("AEP"), EpochHour.start(START + hour), loadMw);
        Suspicion suspicion = Suspicion.of(state, reading, IntakeRules.DEFAULT);
        state = state.with(reading, suspicion);
        return suspicion;
    }

    private List<Suspicion> read(long from, long to, LongToDoubleFunction loadMw) {
        List<Suspicion> suspicions = new ArrayList<>();
        for (long hour = from; hour < to; hour++) {
            suspicions.add(read(hour, loadMw.applyAsDouble(hour)));
        }
        return suspicions;
    }

    private static double usual(long hour) {
        return 1000 + 300 * Math.sin(2 * Math.PI * hour / 24);
    }

    @Test
    void aZeroIsSuspectAlsoAsTheFirst() {
        assertThat(read(0, 0)).isEqualTo(Suspicion.ZERO);
        assertThat(state.loadMw(START)).isZero();
        assertThat(state.ring().inputMw(START)).isNaN();
    }

    @ParameterizedTest
    @CsvSource({"100.1, NONE", "99.9, SPIKE", "9999, NONE", "10001, SPIKE", "1e9, SPIKE", "0.0001, SPIKE"})
    void tenTimesTheMedianOfTheLastDayOrATenthOfItIsASpike(double loadMw, Suspicion expected) {
        // given
        read(0, 24, hour -> 999 + 2 * (hour % 2)); // the median is 1000

        // then
        assertThat(read(24, loadMw)).isEqualTo(expected);
        assertThat(state.loadMw(START + 24)).isEqualTo((float) loadMw);
        assertThat(Float.isNaN(state.ring().inputMw(START + 24))).isEqualTo(expected == Suspicion.SPIKE);
    }

    @Test
    void withFewerThanTwelveLoadsBeforeItNothingIsASpike() {
        // given
        read(0, 11, SuspicionTest::usual);

        // then
        assertThat(read(11, 90_000)).isEqualTo(Suspicion.NONE);
    }

    @Test
    void suspectLoadsAreNotWhatOthersAreComparedWith() {
        // given
        read(0, 40, SuspicionTest::usual);
        read(40, 60, hour -> 50_000);

        // then
        assertThat(read(60, usual(60))).isEqualTo(Suspicion.NONE);
    }

    @ParameterizedTest
    @CsvSource({"1000", "0.001"})
    void aNewLevelIsBelievedAfterADayAndFromThenOn(double factor) {
        // given
        read(0, 100, SuspicionTest::usual);

        // when
        List<Suspicion> firstDay = read(100, 124, hour -> factor * usual(hour));
        List<Suspicion> after = read(124, 250, hour -> factor * usual(hour));

        // then
        assertThat(firstDay).containsOnly(Suspicion.SPIKE);
        assertThat(after).containsOnly(Suspicion.NONE);
    }

    @Test
    void theOldLevelIsBelievedAtOnceWhenAnExcursionOfSomeHoursEnds() {
        // given
        read(0, 100, SuspicionTest::usual);
        read(100, 120, hour -> 1000 * usual(hour));

        // then
        assertThat(read(120, 200, SuspicionTest::usual)).containsOnly(Suspicion.NONE);
    }

    @Test
    void theSixthEqualHourIsAFlatlineAndStaysInput() {
        // given
        read(0, 30, SuspicionTest::usual);

        // when
        List<Suspicion> equal = read(30, 38, hour -> 1234.5);

        // then
        assertThat(equal.subList(0, 5)).containsOnly(Suspicion.NONE);
        assertThat(equal.subList(5, 8)).containsOnly(Suspicion.FLATLINE);
        assertThat(state.ring().inputMw(START + 37)).isEqualTo(1234.5f);
    }

    @Test
    void anHourThatIsMissingEndsAFlatline() {
        // given
        read(0, 4, hour -> 100);

        // then
        assertThat(read(5, 9, hour -> 100)).containsOnly(Suspicion.NONE);
    }

    @Test
    void aRegionThatBeganInTheWrongUnitIsBelievedAfterADay() {
        // given
        read(0, 12, hour -> usual(hour) / 1000);

        // when
        List<Suspicion> right = read(12, 60, SuspicionTest::usual);

        // then
        assertThat(right.subList(0, 24)).containsOnly(Suspicion.SPIKE);
        assertThat(right.subList(24, 48)).containsOnly(Suspicion.NONE);
    }

    @Test
    void aTenthOfTheLastDayIsASpikeThoughTheDayBeforeWasLower() {
        // given
        read(0, 24, hour -> 900 + hour % 5);
        read(24, 48, hour -> 1100 + hour % 5);

        // then
        assertThat(read(48, 105)).isEqualTo(Suspicion.SPIKE);
    }
}
