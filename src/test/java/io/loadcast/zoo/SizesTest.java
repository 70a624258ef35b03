package io.loadcast.zoo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.OptionalDouble;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SizesTest {

    @Test
    void whatIsChosenTakesThePlaceOfTheUsual() {
        Sizes chosen = new Sizes(OptionalInt.of(32), OptionalInt.empty(), OptionalDouble.of(0));

        assertThat(Zoo.named("lstm", chosen).sizes()).isEqualTo(Sizes.of(32, 1, 0));
        assertThat(Zoo.named("lstm", chosen).sizes()).hasToString("hidden 32, layers 1, dropout 0.0");
        assertThat(Zoo.named("lstm").sizes()).isEqualTo(Sizes.of(64, 1, 0.1));
    }

    @Test
    void sizesThatAnArchitectureDoesNotHaveAreRefused() {
        Sizes twoLayers = new Sizes(OptionalInt.empty(), OptionalInt.of(2), OptionalDouble.empty());
        Sizes hidden = new Sizes(OptionalInt.of(8), OptionalInt.empty(), OptionalDouble.empty());

        assertThatThrownBy(() -> Zoo.named("sru", twoLayers))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("architecture 'sru' has no number of layers to choose; "
                        + "leave --layers out, or take another architecture");
        assertThatThrownBy(() -> Zoo.named("linear", hidden)).hasMessageContaining("leave --hidden out");
    }

    @Test
    void headsMustShareTheNumbersEvenly() {
        Sizes hidden = new Sizes(OptionalInt.of(30), OptionalInt.empty(), OptionalDouble.empty());

        assertThatThrownBy(() -> Zoo.named("transformer", hidden)).hasMessageContaining("no multiple of its 4 heads");
    }

    @ParameterizedTest
    @CsvSource({"0, 1, 0.1, hidden 0", "1, 0, 0.1, layers 0", "1, 1, 1, dropout 1.0", "1, 1, NaN, dropout NaN"})
    void sizesOutOfRangeAreRefused(int hidden, int layers, double dropout, String told) {
        assertThatThrownBy(() -> Sizes.of(hidden, layers, dropout))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(told);
    }
}
