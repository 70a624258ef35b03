package io.loadcast.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LatenciesTest {

    @ParameterizedTest(name = "{0} % of 1 to 200 ms is {1} ms")
    @CsvSource({"0.1, 1", "0.5, 1", "0.51, 2", "50, 100", "50.1, 101", "99, 198", "99.5, 199", "100, 200"})
    void aPercentileIsTheSmallestTimeThatSoManyPercentDoNotExceed(double percent, double expectedMillis) {
        // given
        Latencies latencies = new Latencies(
                LongStream.rangeClosed(1, 200).map(i -> (201 - i) * 1_000_000).toArray());

        // when
        double millis = latencies.percentileMillis(percent);

        // then
        assertThat(millis).isEqualTo(expectedMillis);
    }

    @Test
    void allPercentilesOfOneTimeAreThatTime() {
        // given
        Latencies latencies = new Latencies(new long[] {2_500_000});

        // then
        assertThat(latencies.percentileMillis(1)).isEqualTo(2.5);
        assertThat(latencies.percentileMillis(99)).isEqualTo(2.5);
        assertThat(latencies.maxMillis()).isEqualTo(2.5);
        assertThat(latencies.count()).isEqualTo(1);
    }

    @Test
    void laterChangesOfTheGivenArrayDoNotCount() {
        // given
        long[] nanos = {3_000_000, 1_000_000};
        Latencies latencies = new Latencies(nanos);

        // when
        nanos[0] = 9_000_000;

        // then
        assertThat(nanos[1]).isEqualTo(1_000_000);
        assertThat(latencies.maxMillis()).isEqualTo(3);
    }

    @ParameterizedTest
    @ValueSource(doubles = {-1, 0, 100.1, Double.NaN})
    void whatIsNoPercentageIsRefused(double percent) {
        // given
        Latencies latencies = new Latencies(new long[] {1});

        // then
        assertThatIllegalArgumentException().isThrownBy(() -> latencies.percentileMillis(percent));
    }

    @Test
    void nothingHasNoPercentiles() {
        assertThatIllegalArgumentException().isThrownBy(() -> new Latencies(new long[0]));
    }
}
