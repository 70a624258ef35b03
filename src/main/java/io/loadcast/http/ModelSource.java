package io.loadcast.http;

/** Tells of what is served now. Thread-safe. */
public interface ModelSource {
    ModelList served();

    /** The largest lead time of the models that are served; they all have the same. */
    int horizonHours();
}
