package io.loadcast.forecasting;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Against NumPy 2.4.6 and SciPy 1.17.1, which computed the same by {@code np.sum} over lags and {@code stats.t.sf}. */
class DieboldMarianoTest {
    /** {@code 0.3 + np.sin(1.7*i) + 0.5*np.cos(0.31*i)}, i = 0 … 59. */
    private static double[] differences() {
        return IntStream.range(0, 60)
                .mapToDouble(i -> 0.3 + Math.sin(1.7 * i) + 0.5 * Math.cos(0.31 * i))
                .toArray();
    }

    @ParameterizedTest
    @CsvSource({
        "1, 2.8588317311783764, 0.0029340894607890688",
        "6, 2.5315910417421614, 0.007019299698773969",
        "24, 3.7929582855008683, 0.00017636356614041023",
    })
    void givesTheStatisticThatNumPyGives(int lead, double statistic, double pValue) {
        // when
        DieboldMariano test = DieboldMariano.of(differences(), lead);

        // then
        assertThat(test.hours()).isEqualTo(60);
        assertThat(test.mean()).isCloseTo(0.29183000230528855, within(1e-12));
        assertThat(test.statistic()).isCloseTo(statistic, within(1e-9));
        assertThat(test.pValue()).isCloseTo(pValue, within(1e-9));
    }

    @ParameterizedTest
    @CsvSource({
        "0.5, 1, 0.35241638234956674",
        "2.0, 4, 0.05805826175840778",
        "1.974, 167, 0.025015545547988835",
        "-1.2, 30, 0.8802348245551688",
        "6.0, 59, 6.466188540199119e-08",
    })
    void studentsTailIsThatOfSciPy(double statistic, int degrees, double tail) {
        assertThat(StudentT.upperTail(statistic, degrees)).isCloseTo(tail, within(1e-12));
    }

    @Test
    void theOtherWayRoundItIsAsUnlikelyAsItWasLikely() {
        // given
        double[] reversed = Arrays.stream(differences()).map(d -> -d).toArray();

        // when
        DieboldMariano test = DieboldMariano.of(differences(), 6);
        DieboldMariano other = DieboldMariano.of(reversed, 6);

        // then
        assertThat(other.statistic()).isEqualTo(-test.statistic());
        assertThat(other.pValue()).isCloseTo(1 - test.pValue(), within(1e-12));
    }

    @Test
    void hoursThatAreMissingAreLeftOut() {
        // given
        double[] gappy = differences();
        Arrays.fill(gappy, 10, 20, Double.NaN);

        // when
        DieboldMariano test = DieboldMariano.of(gappy, 1);
        DieboldMariano without = DieboldMariano.of(
                Arrays.stream(gappy).filter(d -> !Double.isNaN(d)).toArray(), 1);

        // then
        assertThat(test).isEqualTo(without);
        assertThat(test.hours()).isEqualTo(50);
    }

    @Test
    void whatSaysNothingIsNotSignificant() {
        assertThat(DieboldMariano.of(new double[0], 24).pValue()).isEqualTo(0.5);
        assertThat(DieboldMariano.of(new double[] {1}, 1).pValue()).isEqualTo(0.5);
        assertThat(DieboldMariano.of(new double[100], 24).pValue()).isEqualTo(0.5);
        assertThat(DieboldMariano.of(new double[] {1, 2, 1, 2}, 24).statistic())
                .as("fewer hours than the forecasts overlap")
                .isFinite();
    }
}
