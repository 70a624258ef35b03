package io.loadcast.monitoring;

import java.time.Duration;
import java.util.Arrays;

/** The upper bounds of a histogram's buckets. */
final class Buckets {
    private Buckets() {}

    static Duration[] ofMillis(int... millis) {
        return Arrays.stream(millis).mapToObj(Duration::ofMillis).toArray(Duration[]::new);
    }
}
