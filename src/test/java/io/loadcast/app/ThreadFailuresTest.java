package io.loadcast.app;

import static org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler.StreamThreadExceptionResponse.REPLACE_THREAD;
import static org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler.StreamThreadExceptionResponse.SHUTDOWN_CLIENT;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.streams.errors.StreamsException;
import org.junit.jupiter.api.Test;

class ThreadFailuresTest {
    private static final StreamsException FAILURE = new StreamsException("broker gone");

    private final AtomicLong nanoTime = new AtomicLong();
    private final ThreadFailures failures = new ThreadFailures(nanoTime::get);

    @Test
    void aThreadIsReplacedWhileFailuresAreRare() {
        for (int i = 0; i < 5 * ThreadFailures.MOST; i++) {
            // when
            var response = failures.handle(FAILURE);

            // then
            assertThat(response).isEqualTo(REPLACE_THREAD);
            nanoTime.addAndGet(Duration.ofMinutes(2).toNanos());
        }
    }

    @Test
    void theTopologyStopsWhenFailuresKeepComing() {
        // given
        for (int i = 1; i < ThreadFailures.MOST; i++) {
            assertThat(failures.handle(FAILURE)).isEqualTo(REPLACE_THREAD);
            nanoTime.addAndGet(Duration.ofSeconds(5).toNanos());
        }

        // when
        var response = failures.handle(FAILURE);

        // then
        assertThat(response).isEqualTo(SHUTDOWN_CLIENT);
    }
}
