package io.loadcast.forecasting;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.loadcast.domain.EpochHour;
import io.loadcast.domain.Reading;
import io.loadcast.domain.Region;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class RegionStateTest {
    private static final StateLayout LAYOUT = new StateLayout(90, 24, 24);

    private static Reading reading(long hour, double loadMw) {
        return new Reading(new Region("AEP"), EpochHour.start(hour), loadMw);
    }

    @Test
    void a_packed_state_unpacks_to_an_equal_one() {
        // given
        RegionState state = RegionState.empty(LAYOUT).with(reading(10, 100)).with(reading(11, 101.5));

        // when
        RegionState unpacked = RegionState.ofPacked(LAYOUT, state.packed().clone());

        // then
        assertThat(unpacked).isEqualTo(state);
        assertThat(unpacked.loadMw(11)).isEqualTo(101.5f);
        assertThat(unpacked.isDue()).isTrue();
    }

    @Test
    void a_step_leaves_the_state_before_it_as_it_was() {
        // given
        RegionState before = RegionState.empty(LAYOUT).with(reading(10, 100));
        byte[] packed = before.packed().clone();

        // when
        before.with(reading(11, 5));

        // then
        assertThat(before.packed()).isEqualTo(packed);
    }

    @Test
    void a_state_of_another_shape_is_refused_with_a_remedy() {
        byte[] packed = RegionState.empty(new StateLayout(168, 24, 24)).packed();

        assertThatThrownBy(() -> RegionState.ofPacked(LAYOUT, packed))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("lookbackHours=90")
                .hasMessageContaining("application id");
    }

    @Test
    void hours_skipped_by_a_gap_hold_no_load_of_a_ring_turn_before() {
        // given
        RegionState state = RegionState.empty(LAYOUT);
        for (int hour = 0; hour < 200; hour++) {
            state = state.with(reading(1000 + hour, hour));
        }

        // when
        state = state.with(reading(1205, 7));

        // then
        for (int hour = 1200; hour < 1205; hour++) {
            assertThat(state.loadMw(hour)).isNaN();
        }
        assertThat(state.loadMw(1199)).isEqualTo(199f);
        assertThat(state.loadMw(1205)).isEqualTo(7f);
    }

    @Test
    void a_gap_longer_than_the_ring_empties_it() {
        // given
        RegionState state = RegionState.empty(LAYOUT);
        for (int hour = 0; hour < 200; hour++) {
            state = state.with(reading(1000 + hour, hour));
        }

        // when
        state = state.with(reading(90_000, 7));

        // then
        for (int hour = 90_000 - LAYOUT.ringHours() + 1; hour < 90_000; hour++) {
            assertThat(state.loadMw(hour)).isNaN();
        }
        assertThat(state.loadMw(90_000)).isEqualTo(7f);
    }
}
