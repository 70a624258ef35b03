package io.loadcast.streaming;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.loadcast.domain.Megawatts;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DecimalTest {
    private static String written(double value) {
        char[] to = new char[Decimal.MAX_CHARS];
        return new String(to, 0, Decimal.write(value, to));
    }

    @ParameterizedTest
    @CsvSource({
        "0, 0.0",
        "-0.0, 0.0",
        "1000, 1000.0",
        "17874.9, 17874.9",
        "0.0123, 0.0123",
        "-0.05, -0.05",
        "-3.25, -3.25",
        "99.99999, 100.0",
        "10000000, 10000000.0",
        "1e14, 100000000000000.0",
        "-1.2345678901234567e300, -1.2345678901234567E300"
    })
    void aNumberHasOneToFourDecimals(double value, String expected) {
        assertThat(written(value)).isEqualTo(expected);
    }

    @Test
    void aPublishedLoadIsWrittenAsItIs() {
        long seed = 5;
        Random random = new Random(seed);
        for (int i = 0; i < 100_000; i++) {
            // given
            double load = Megawatts.published(Math.pow(10, random.nextDouble(-4, 6.9)));

            // when
            String written = written(load);

            // then
            assertThat(written)
                    .as("seed %d", seed)
                    .isEqualTo(load < 1e-3 ? "0.000" + Math.round(load * 1e4) : Double.toString(load));
        }
    }

    @ParameterizedTest
    @ValueSource(doubles = {Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY})
    void whatHasNoSuchFormIsRefused(double value) {
        assertThatThrownBy(() -> written(value)).isInstanceOf(IllegalArgumentException.class);
    }
}
