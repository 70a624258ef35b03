package io.loadcast.domain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class KnownRegionsTest {
    private static final Region NORTH = new Region("north");
    private static final Region SOUTH = new Region("south");

    @Test
    void numbersBeginWithOneAndAnyOtherRegionIsZero() {
        KnownRegions known = new KnownRegions(List.of(SOUTH, NORTH));

        assertThat(known.number(SOUTH)).isEqualTo(1);
        assertThat(known.number(NORTH)).isEqualTo(2);
        assertThat(known.number(new Region("east")))
                .isEqualTo(KnownRegions.UNKNOWN)
                .isZero();
        assertThat(KnownRegions.NONE.number(NORTH)).isZero();
    }

    @Test
    void numbersFollowTheNamesWhateverTheOrderOfTheFiles() {
        assertThat(KnownRegions.of(List.of(SOUTH, NORTH, SOUTH))).isEqualTo(new KnownRegions(List.of(NORTH, SOUTH)));
    }

    @Test
    void refusesARegionThatIsThereTwice() {
        assertThatThrownBy(() -> new KnownRegions(List.of(NORTH, SOUTH, NORTH)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("region north is known twice; name it once");
    }
}
