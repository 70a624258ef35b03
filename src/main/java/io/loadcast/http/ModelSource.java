package io.loadcast.http;

/** Tells of what is served now. Thread-safe. */
@FunctionalInterface
public interface ModelSource {
    ModelList served();
}
