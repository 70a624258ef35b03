package io.loadcast.app;

import static org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler.StreamThreadExceptionResponse.REPLACE_THREAD;
import static org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler.StreamThreadExceptionResponse.SHUTDOWN_CLIENT;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.streams.errors.StreamsException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ThreadFailuresTest {
    private static final StreamsException FAILURE = new StreamsException("broker gone");

    private final AtomicLong nanoTime = new AtomicLong();

    @TempDir
    private Path directory;

    private ThreadFailures failures;

    @BeforeEach
    void make() {
        failures = new ThreadFailures(nanoTime::get, directory.resolve("state").resolve("loadcast"));
    }

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

    @Test
    void anOutputThatIsTooLargeForItsTopicStopsTheTopologyAtOnce() {
        // when
        var response = failures.handle(new StreamsException("refused", new RecordTooLargeException("903 bytes")));

        // then
        assertThat(response).isEqualTo(SHUTDOWN_CLIENT);
    }

    @Test
    void aStateDirectoryThatIsGoneIsCreatedAnewForTheNextThread() {
        // when
        var response = failures.handle(FAILURE);

        // then
        assertThat(response).isEqualTo(REPLACE_THREAD);
        assertThat(directory.resolve("state").resolve("loadcast")).isDirectory();
    }

    @Test
    void aFullDiskIsTriedAgainLikeAnyFailureAndOnlyThenStopsTheTopology() {
        // given
        StreamsException full = new StreamsException(new java.io.IOException("000011.sst: No space left on device"));

        for (int i = 1; i < ThreadFailures.MOST; i++) {
            assertThat(failures.handle(full)).isEqualTo(REPLACE_THREAD);
        }

        // when
        var response = failures.handle(full);

        // then
        assertThat(response).isEqualTo(SHUTDOWN_CLIENT);
    }
}
