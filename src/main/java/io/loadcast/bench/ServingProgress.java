package io.loadcast.bench;

import io.loadcast.streaming.Counters;
import java.util.Map;

/**
 * How far an application has come since it started.
 *
 * @param readings that it took, valid or not
 * @param firstReadings of them, those of a region that it did not know
 * @param ticks forecasts of the model that it gave to the producer
 * @param forecasts that it gave to the producer, fallbacks too
 * @param dueHours that wait for their forecast
 */
record ServingProgress(long readings, long firstReadings, long ticks, long forecasts, long dueHours) {

    static ServingProgress of(Counters counters) {
        Map<String, Long> counts = counters.snapshot();
        long readings = counts.entrySet().stream()
                .filter(count ->
                        count.getKey().startsWith("reading.") || count.getKey().startsWith("rejected."))
                .mapToLong(Map.Entry::getValue)
                .sum();
        // What waits is asked for last: of the readings counted above, it can only have become fewer since.
        long due = counters.dueHours();
        long forecasts = counts.getOrDefault("forecast.issued", 0L);
        return new ServingProgress(
                readings,
                counts.getOrDefault("reading.first", 0L),
                forecasts - counts.getOrDefault("forecast.fallback", 0L),
                forecasts,
                due);
    }
}
