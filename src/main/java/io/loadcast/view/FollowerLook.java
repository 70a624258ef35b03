package io.loadcast.view;

import java.time.Instant;
import java.util.Optional;

/**
 * How a follower of the topics stands.
 *
 * @param since when that began
 * @param failure why the topics cannot be read; empty while they can
 */
public record FollowerLook(Instant since, Optional<String> failure) {}
