package io.loadcast.domain;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class PatienceTest {
    private long nanos = -5;
    private final Patience patience = new Patience(() -> nanos);

    @Test
    void itEndsAMinuteAfterSomethingCameLast() {
        // given
        nanos += Duration.ofSeconds(50).toNanos();
        assertThat(patience.isOverAfter(false)).isFalse();
        assertThat(patience.isOverAfter(true)).isFalse();

        // when
        nanos += Duration.ofSeconds(60).toNanos();

        // then
        assertThat(patience.isOverAfter(false)).isFalse();
        nanos++;
        assertThat(patience.isOverAfter(false)).isTrue();
    }
}
