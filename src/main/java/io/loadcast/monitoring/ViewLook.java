package io.loadcast.monitoring;

import java.time.Instant;
import java.util.Optional;

/**
 * How the topics behind the HTTP view are followed.
 *
 * @param since when that began
 * @param failure why they cannot be read; empty while they can
 */
public record ViewLook(Instant since, Optional<String> failure) {}
