package io.loadcast.monitoring;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * How the models topic is followed.
 *
 * @param readTime when it was last read to its end
 * @param failure why it could not be read since; empty while it can
 */
public record ModelsLook(Instant readTime, Optional<String> failure) {

    double secondsSince(Instant now) {
        return Math.max(0, Duration.between(readTime, now).toMillis() / 1e3);
    }
}
