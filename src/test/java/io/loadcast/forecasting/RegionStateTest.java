package io.loadcast.forecasting;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.loadcast.domain.EpochHour;
import io.loadcast.domain.Reading;
import io.loadcast.domain.Region;
import java.util.List;
import org.junit.jupiter.api.Test;

class RegionStateTest {
    private static final StateLayout LAYOUT = new StateLayout(90, 24, ScoredLeads.DEFAULT);

    private static Reading reading(long hour, double loadMw) {
        return new Reading(new Region("AEP"), EpochHour.start(hour), loadMw);
    }

    @Test
    void aPackedStateUnpacksToAnEqualOne() {
        // given
        RegionState state = RegionState.empty(LAYOUT)
                .with(reading(10, 100), Suspicion.NONE)
                .with(reading(11, 101.5), Suspicion.NONE);

        // when
        RegionState unpacked = RegionState.ofPacked(LAYOUT, state.packed().clone());

        // then
        assertThat(unpacked).isEqualTo(state);
        assertThat(unpacked.loadMw(11)).isEqualTo(101.5f);
        assertThat(unpacked.isDue()).isTrue();
    }

    @Test
    void aStepLeavesTheStateBeforeItAsItWas() {
        // given
        RegionState before = RegionState.empty(LAYOUT).with(reading(10, 100), Suspicion.NONE);
        byte[] packed = before.packed().clone();

        // when
        before.with(reading(11, 5), Suspicion.NONE);

        // then
        assertThat(before.packed()).isEqualTo(packed);
    }

    @Test
    void aStateOfAnotherShapeIsRefusedWithARemedy() {
        byte[] packed =
                RegionState.empty(new StateLayout(168, 24, ScoredLeads.DEFAULT)).packed();

        assertThatThrownBy(() -> RegionState.ofPacked(LAYOUT, packed))
                .isInstanceOf(IncompatibleStateException.class)
                .hasMessageContaining("lookback of 90 h")
                .hasMessageContaining("application id");
    }

    @Test
    void hoursSkippedByAGapHoldNoLoadOfARingTurnBefore() {
        // given
        RegionState state = RegionState.empty(LAYOUT);
        for (int hour = 0; hour < 200; hour++) {
            state = state.with(reading(1000 + hour, hour), Suspicion.NONE);
        }

        // when
        state = state.with(reading(1205, 7), Suspicion.NONE);

        // then
        for (int hour = 1200; hour < 1205; hour++) {
            assertThat(state.loadMw(hour)).isNaN();
        }
        assertThat(state.loadMw(1199)).isEqualTo(199f);
        assertThat(state.loadMw(1205)).isEqualTo(7f);
    }

    @Test
    void aGapLongerThanTheRingEmptiesIt() {
        // given
        RegionState state = RegionState.empty(LAYOUT);
        for (int hour = 0; hour < 200; hour++) {
            state = state.with(reading(1000 + hour, hour), Suspicion.NONE);
        }

        // when
        state = state.with(reading(90_000, 7), Suspicion.NONE);

        // then
        for (int hour = 90_000 - LAYOUT.ringHours() + 1; hour < 90_000; hour++) {
            assertThat(state.loadMw(hour)).isNaN();
        }
        assertThat(state.loadMw(90_000)).isEqualTo(7f);
    }

    @Test
    void aStateOfTheDefaultShapeTakesAtMostAKibibyte() {
        assertThat(RegionState.empty(LAYOUT).packed()).hasSizeLessThanOrEqualTo(1024);
    }

    @Test
    void aStateThatWasScoredAtOtherLeadTimesKeepsItsLoadsAndClocks() {
        // given
        RegionState before = RegionState.empty(LAYOUT)
                .with(reading(10, 100), Suspicion.NONE)
                .with(reading(11, 101.5), Suspicion.NONE);
        StateLayout other = new StateLayout(90, 24, ScoredLeads.of(List.of(1, 6)));

        // when
        RegionState after = RegionState.ofPacked(other, before.packed());

        // then
        assertThat(after.newestReadingHour()).isEqualTo(11);
        assertThat(after.newestForecastHour()).isEqualTo(9);
        assertThat(after.loadMw(10)).isEqualTo(100f);
        assertThat(after.loadMw(11)).isEqualTo(101.5f);
        assertThat(after.packed()).hasSize(other.bytes());
        assertThat(after.firstScoredHour()).isEqualTo(10);
    }
}
