package io.loadcast.replay;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The hours after a region's first forecast in which a replay knows less than live did. Is shown the forecasts of each region in their
 * order. For one thread.
 */
final class WarmUp {
    private final Optional<Duration> length;
    private final Map<String, Instant> ends = new HashMap<>();

    /** @param length empty where a replay knows all that live did */
    WarmUp(Optional<Duration> length) {
        this.length = length;
    }

    /** Shows it a forecast of the replay: the first one of a region begins the warm-up. */
    void see(PublishedForecast forecast) {
        length.ifPresent(hours -> ends.computeIfAbsent(
                forecast.region(), region -> forecast.issueTime().plus(hours)));
    }

    /** Whether a forecast of this issue time is from after the warm-up; of a region without a forecast, none is. */
    boolean isOver(String region, Instant issueTime) {
        if (length.isEmpty()) {
            return true;
        }
        Instant end = ends.get(region);
        return end != null && !issueTime.isBefore(end);
    }
}
