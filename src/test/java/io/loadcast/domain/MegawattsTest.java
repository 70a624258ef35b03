package io.loadcast.domain;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MegawattsTest {
    @ParameterizedTest
    @CsvSource({
        "0, 0",
        "13478.26, 13478.3",
        "1000.04, 1000.0",
        "812.3449, 812.34",
        "2.000349, 2.0003",
        "0.0123456, 0.0123",
        "0.000001, 0.0"
    })
    void loadsArePublishedToATenthOfAMegawattOrFiveDigits(double mw, double published) {
        assertThat(Megawatts.published(mw)).isEqualTo(published);
    }

    @Test
    void aPublishedLoadSurvivesStorageIn32Bits() {
        long seed = 7;
        Random random = new Random(seed);
        for (int i = 0; i < 100_000; i++) {
            // given
            double published = Megawatts.published(Math.pow(10, random.nextDouble(-3, 5.5)));

            // when
            double restored = Megawatts.published((float) published);

            // then
            assertThat(restored).as("seed %d", seed).isEqualTo(published);
        }
    }

    @Test
    void aStoredLoadIsTheShortestDecimalThatItStandsFor() {
        long seed = 11;
        Random random = new Random(seed);
        for (int i = 0; i < 100_000; i++) {
            // given
            double load = BigDecimal.valueOf(Math.pow(10, random.nextDouble(-2, 6)))
                    .round(new MathContext(1 + random.nextInt(6)))
                    .doubleValue();

            // when
            double restored = Megawatts.ofStored((float) load);

            // then
            assertThat(restored).as("seed %d", seed).isEqualTo(load);
        }
    }
}
