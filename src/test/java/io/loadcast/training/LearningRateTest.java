package io.loadcast.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class LearningRateTest {
    private final LearningRate rate = new LearningRate(0.001, 1000, Schedule.COSINE);

    @Test
    void risesToItsHighestAndFallsToAHundredthOfIt() {
        assertThat(rate.at(0)).isLessThan(0.0001f);
        assertThat(rate.at(19)).isCloseTo(0.001f, within(1e-6f));
        assertThat(rate.at(509)).isCloseTo(0.0005f, within(1e-5f));
        assertThat(rate.at(999)).isCloseTo(0.00001f, within(1e-7f));
    }

    @Test
    void staysAtTheEndForStepsBeyondIt() {
        assertThat(rate.at(5000)).isEqualTo(rate.at(999));
    }

    @Test
    void constantOneStaysAtItsHighest() {
        LearningRate constant = new LearningRate(0.001, 1000, Schedule.CONSTANT);

        assertThat(constant.at(0)).isEqualTo(0.001f);
        assertThat(constant.at(19)).isEqualTo(0.001f);
        assertThat(constant.at(999)).isEqualTo(0.001f);
    }
}
