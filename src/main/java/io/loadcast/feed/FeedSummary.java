package io.loadcast.feed;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What one run of a feed has published; all of it is acknowledged by the brokers.
 *
 * @param readings how many
 * @param records how many records they took: one each, or more where they were fed as those of meters
 * @param firstValidTime valid time of the oldest; null if there was none
 * @param lastValidTime valid time of the newest; null if there was none
 * @param took wall-clock time from the first send to the last acknowledgement
 * @param stopped whether it was stopped before its source ran dry
 */
public record FeedSummary(
        long readings,
        long records,
        @Nullable Instant firstValidTime,
        @Nullable Instant lastValidTime,
        Duration took,
        boolean stopped) {}
