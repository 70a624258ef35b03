package io.loadcast.feed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SpeedTest {
    @Test
    void spreadsHoursEvenly() {
        assertThat(Speed.parse("4").dueAfter(10)).isEqualTo(Duration.ofMillis(2500));
        assertThat(Speed.parse("0.5").dueAfter(1)).isEqualTo(Duration.ofSeconds(2));
    }

    @Test
    void neverWaitsAtMaximum() {
        assertThat(Speed.parse("MAX").dueAfter(1_000_000)).isZero();
        assertThat(Speed.MAX).hasToString("max");
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "-1", "NaN", "fast", ""})
    void refusesWhatIsNotAPositiveNumber(String text) {
        assertThatThrownBy(() -> Speed.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("simulated hours per second");
    }
}
