package io.loadcast.view;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class BrokerAnswersTest {
    private final AtomicLong count = new AtomicLong();
    private final AtomicLong nanos = new AtomicLong();
    private final BrokerAnswers answers = new BrokerAnswers(count::get, nanos::get);

    @Test
    void theyAreMissedAfterMoreThanTenSecondsOfSilenceAndNoMoreOnceOneComes() {
        // given
        count.set(7);
        assertThat(answers.areMissing()).isFalse();

        // when, then
        nanos.addAndGet(TimeUnit.SECONDS.toNanos(10));
        assertThat(answers.areMissing()).isFalse();
        nanos.incrementAndGet();
        assertThat(answers.areMissing()).isTrue();

        // when, then
        count.incrementAndGet();
        assertThat(answers.areMissing()).isFalse();
    }
}
