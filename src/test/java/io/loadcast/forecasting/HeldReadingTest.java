package io.loadcast.forecasting;

import static org.assertj.core.api.Assertions.assertThat;

import io.loadcast.domain.CivilCalendar;
import io.loadcast.domain.EpochHour;
import io.loadcast.domain.ImputationLimits;
import io.loadcast.domain.Reading;
import io.loadcast.domain.Region;
import io.loadcast.domain.RegionCalendars;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What becomes of readings that one clock alone speaks for. */
class HeldReadingTest {
    private static final Region REGION = new Region("AEP");
    private static final long START = 400_000;

    private final LastValueEngine engine = new LastValueEngine();
    private final RecordedOutputs outputs = new RecordedOutputs();
    private final MapRegionStates states =
            new MapRegionStates(StateLayout.of(engine.manifest(), 24, ScoredLeads.DEFAULT));
    private final RegionForecasting forecasting = new RegionForecasting(
            IntakeRules.DEFAULT,
            new ForecastBatch(engine, new RegionCalendars(Map.of(), CivilCalendar.UTC), ImputationLimits.DEFAULT, 1),
            states,
            outputs);

    private ReadingOutcome read(long hour) {
        return forecasting.take(reading(hour));
    }

    private static Reading reading(long hour) {
        return new Reading(REGION, EpochHour.start(hour), 1000 + Math.floorMod(hour, 24));
    }

    private RegionState state() {
        return states.of(REGION);
    }

    @Test
    void aWrongClockInTheVeryFirstReadingCostsOnlyThatReading() {
        // given
        read(START + 5000);

        // when
        for (long hour = START; hour < START + 90; hour++) {
            read(hour);
        }

        // then
        assertThat(outputs.unconfirmed).containsExactly(reading(START + 5000));
        assertThat(state().newestReadingHour()).isEqualTo(START + 89);
        assertThat(outputs.forecasts)
                .last()
                .satisfies(forecast -> assertThat(forecast.quality()).isEqualTo(ForecastQuality.OK));
    }

    @Test
    void twoClocksThatTakeTurnsNeverConfirmEachOther() {
        // given
        read(START);
        read(START + 1);

        // when
        for (int turn = 0; turn < 50; turn++) {
            read(START + 1000 + turn);
            read(START + 2 + turn);
        }

        // then
        assertThat(state().newestReadingHour()).isEqualTo(START + 51);
        assertThat(outputs.unconfirmed).hasSize(50);
    }

    @Test
    void aFeedThatWasAwayForAWeekIsTakenUpWithItsSecondReading() {
        // given
        for (long hour = START; hour < START + 100; hour++) {
            read(hour);
        }

        // when
        ReadingOutcome first = read(START + 300);
        long clock = state().newestReadingHour();
        ReadingOutcome second = read(START + 301);

        // then
        assertThat(first).isEqualTo(ReadingOutcome.UNCONFIRMED);
        assertThat(clock).isEqualTo(START + 99);
        assertThat(second).isEqualTo(ReadingOutcome.NEXT);
        assertThat(state().loadMw(START + 300))
                .isEqualTo((float) reading(START + 300).loadMw());
        assertThat(state().isHolding()).isFalse();
        assertThat(outputs.unconfirmed).isEmpty();
    }

    @Test
    void anOlderReadingConfirmsTooAndBothAreForecastFromInTheOrderOfTheirHours() {
        // given
        for (long hour = START; hour < START + 30; hour++) {
            read(hour);
        }
        outputs.clear();

        // when
        read(START + 61);
        ReadingOutcome older = read(START + 60);

        // then
        assertThat(older).isEqualTo(ReadingOutcome.LATE);
        assertThat(state().newestReadingHour()).isEqualTo(START + 61);
        assertThat(outputs.forecasts).extracting(Forecast::issueHour).containsExactly(START + 60, START + 61);
    }

    @Test
    void aHeldReadingIsCorrectedBeforeItIsConfirmed() {
        // given
        read(START);

        // when
        forecasting.take(new Reading(REGION, EpochHour.start(START), 5));
        read(START + 1);

        // then
        assertThat(state().loadMw(START)).isEqualTo(5f);
    }

    @Test
    void aHeldReadingSurvivesAsPartOfTheState() {
        // given
        read(START);

        // when
        RegionState restored =
                RegionState.ofPacked(state().layout(), state().packed().clone());

        // then
        assertThat(restored.isHolding()).isTrue();
        assertThat(restored.heldHour()).isEqualTo(START);
        assertThat(restored.heldMw()).isEqualTo((float) reading(START).loadMw());
        assertThat(restored.isDue()).isFalse();
    }
}
