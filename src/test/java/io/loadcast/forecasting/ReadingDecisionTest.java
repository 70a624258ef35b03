package io.loadcast.forecasting;

import static org.assertj.core.api.Assertions.assertThat;

import io.loadcast.domain.EpochHour;
import io.loadcast.domain.Reading;
import io.loadcast.domain.Region;
import io.loadcast.forecasting.ReadingDecision.Held;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Every row of the decision table in {@code docs/topics.md}. */
class ReadingDecisionTest {
    private static final StateLayout LAYOUT = new StateLayout(90, 24, ScoredLeads.DEFAULT);
    private static final long NEWEST = 400_000;
    private static final int MAX_JUMP = 24;

    private static Reading reading(long hour, double loadMw) {
        return new Reading(new Region("AEP"), EpochHour.start(hour), loadMw);
    }

    /** 200 hours but the tenth before the newest, and the newest. */
    private static RegionState read() {
        RegionState state = RegionState.empty(LAYOUT);
        for (long hour = NEWEST - 199; hour <= NEWEST; hour++) {
            if (hour != NEWEST - 10) {
                state = state.with(reading(hour, 1000), Suspicion.NONE);
            }
        }
        return state;
    }

    private static ReadingDecision decide(RegionState state, long hour, double loadMw) {
        return ReadingDecision.of(state, reading(hour, loadMw), MAX_JUMP);
    }

    @ParameterizedTest(name = "{0} hours after the newest, {1} MW: {2}, held: {3}")
    @CsvSource({
        "1, 1000, NEXT, UNTOUCHED",
        "2, 1000, GAP, UNTOUCHED",
        "24, 1000, GAP, UNTOUCHED",
        "25, 1000, UNCONFIRMED, BEGUN",
        "100000, 1000, UNCONFIRMED, BEGUN",
        "0, 1000, DUPLICATE, UNTOUCHED",
        "0, 1001, CORRECTION, UNTOUCHED",
        "-10, 1000, LATE, UNTOUCHED",
        "-138, 1000, DUPLICATE, UNTOUCHED",
        "-138, 1001, CORRECTION, UNTOUCHED",
        "-139, 1000, TOO_LATE, UNTOUCHED",
        "-400000, 1000, TOO_LATE, UNTOUCHED",
    })
    void ofARegionThatIsRead(int ahead, double loadMw, ReadingOutcome outcome, Held held) {
        assertThat(decide(read(), NEWEST + ahead, loadMw)).isEqualTo(new ReadingDecision(outcome, held));
    }

    @ParameterizedTest(name = "{0} hours after the newest, {1} MW: {2}, held: {3}")
    @CsvSource({
        // The region's clock goes on without the held one.
        "1, 1000, NEXT, REFUSED",
        "24, 1000, GAP, REFUSED",
        "-10, 1000, LATE, REFUSED",
        "0, 1001, CORRECTION, REFUSED",
        // What is known or forgotten says nothing of it.
        "0, 1000, DUPLICATE, UNTOUCHED",
        "-139, 1000, TOO_LATE, UNTOUCHED",
        // The held one itself.
        "100, 500, DUPLICATE, UNTOUCHED",
        "100, 501, CORRECTION, CORRECTED",
        // Another that is near it.
        "101, 1000, NEXT, CONFIRMED",
        "102, 1000, GAP, CONFIRMED",
        "124, 1000, GAP, CONFIRMED",
        "99, 1000, LATE, CONFIRMED",
        "76, 1000, LATE, CONFIRMED",
        // A third clock.
        "125, 1000, UNCONFIRMED, REPLACED",
        "75, 1000, UNCONFIRMED, REPLACED",
        "25, 1000, UNCONFIRMED, REPLACED",
    })
    void whileAReadingIsHeldThatLiesAHundredHoursAhead(int ahead, double loadMw, ReadingOutcome outcome, Held held) {
        // given
        RegionState state = read().holding(reading(NEWEST + 100, 500));

        // then
        assertThat(decide(state, NEWEST + ahead, loadMw)).isEqualTo(new ReadingDecision(outcome, held));
    }

    @ParameterizedTest(name = "{0} hours after the first, {1} MW: {2}, held: {3}")
    @CsvSource({
        "0, 500, DUPLICATE, UNTOUCHED",
        "0, 501, CORRECTION, CORRECTED",
        "1, 1000, NEXT, CONFIRMED",
        "24, 1000, GAP, CONFIRMED",
        "-1, 1000, LATE, CONFIRMED",
        "-24, 1000, LATE, CONFIRMED",
        "25, 1000, UNCONFIRMED, REPLACED",
        "-25, 1000, UNCONFIRMED, REPLACED",
    })
    void ofARegionOfWhichOneReadingIsHeld(int ahead, double loadMw, ReadingOutcome outcome, Held held) {
        // given
        RegionState state = RegionState.empty(LAYOUT).holding(reading(NEWEST, 500));

        // then
        assertThat(decide(state, NEWEST + ahead, loadMw)).isEqualTo(new ReadingDecision(outcome, held));
    }

    @Test
    void theFirstReadingOfARegionIsHeld() {
        assertThat(decide(RegionState.empty(LAYOUT), NEWEST, 1000))
                .isEqualTo(new ReadingDecision(ReadingOutcome.FIRST, Held.BEGUN));
    }

    @Test
    void everyOutcomeHasARow() {
        assertThat(ReadingOutcome.values())
                .as("add its row above, and in docs/topics.md")
                .hasSize(8);
    }
}
