package io.loadcast.http;

import io.loadcast.domain.Reading;
import java.util.List;
import java.util.concurrent.CompletionStage;

/** Where posted readings go. Thread-safe. */
@FunctionalInterface
public interface ReadingLog {
    /**
     * Appends readings.
     *
     * @return completes when all are durable; exceptionally if not all are, or it is not known
     */
    CompletionStage<Void> append(List<Reading> readings);
}
