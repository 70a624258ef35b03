package io.loadcast.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class TokenBucketTest {
    private final AtomicLong nanos = new AtomicLong();
    private final TokenBucket bucket = new TokenBucket(10, nanos::get);

    @Test
    void whatIsTakenBeyondTheRateHasToBeWaitedFor() {
        // given
        assertThat(bucket.take(300)).as("100 are there, 200 are owed").isZero();

        // then
        assertThat(bucket.take(1)).isEqualTo(21);
        nanos.addAndGet(Duration.ofSeconds(20).toNanos());
        assertThat(bucket.take(1)).isEqualTo(1);
        nanos.addAndGet(Duration.ofSeconds(1).toNanos());
        assertThat(bucket.take(1)).isZero();
    }

    @Test
    void aRestDoesNotAddUpForEver() {
        nanos.addAndGet(Duration.ofDays(1).toNanos());
        assertThat(bucket.take(200)).isZero();
        assertThat(bucket.take(1)).isEqualTo(11);
    }
}
