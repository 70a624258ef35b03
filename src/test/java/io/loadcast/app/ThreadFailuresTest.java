package io.loadcast.app;

import static org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler.StreamThreadExceptionResponse.REPLACE_THREAD;
import static org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler.StreamThreadExceptionResponse.SHUTDOWN_CLIENT;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import org.apache.kafka.streams.errors.StreamsException;
import org.junit.jupiter.api.Test;

class ThreadFailuresTest {
    private static final StreamsException FAILURE = new StreamsException("broker gone");

    private final TickingClock clock = new TickingClock();
    private final ThreadFailures failures = new ThreadFailures(clock);

    @Test
    void aThreadIsReplacedWhileFailuresAreRare() {
        for (int i = 0; i < 5 * ThreadFailures.MOST; i++) {
            // when
            var response = failures.handle(FAILURE);

            // then
            assertThat(response).isEqualTo(REPLACE_THREAD);
            clock.now = clock.now.plus(Duration.ofMinutes(2));
        }
    }

    @Test
    void theTopologyStopsWhenFailuresKeepComing() {
        // given
        for (int i = 1; i < ThreadFailures.MOST; i++) {
            assertThat(failures.handle(FAILURE)).isEqualTo(REPLACE_THREAD);
            clock.now = clock.now.plusSeconds(5);
        }

        // when
        var response = failures.handle(FAILURE);

        // then
        assertThat(response).isEqualTo(SHUTDOWN_CLIENT);
    }

    private static final class TickingClock extends Clock {
        private Instant now = Instant.parse("2026-01-01T00:00:00Z");

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }

        @Override
        public Instant instant() {
            return now;
        }
    }
}
