package io.loadcast.domain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SmapeTest {
    @ParameterizedTest
    @CsvSource({"0, 0, 0", "100, 100, 0", "100, 0, 200", "0, 5, 200", "110, 90, 20", "90, 110, 20"})
    void aTermLiesBetween0And200AndIsSymmetric(double actual, double forecast, double expectedPct) {
        assertThat(Smape.termPct(actual, forecast)).isCloseTo(expectedPct, within(1e-12));
    }
}
