package io.loadcast.http;

import java.util.List;

/**
 * The kinds of alerts that there can be.
 *
 * @param keys as records name them
 */
public record AlertKinds(List<String> keys) {}
