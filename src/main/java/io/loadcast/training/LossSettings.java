package io.loadcast.training;

import java.util.Map;

/**
 * What a run makes small.
 *
 * @param kind which error
 * @param nextHourWeight how many times the next hour counts as much as each later one; above 0
 */
public record LossSettings(LossKind kind, double nextHourWeight) {

    /** @throws IllegalArgumentException if the weight is not a number above 0 */
    public LossSettings {
        DescentSettings.require(nextHourWeight > 0, "next-hour weight", nextHourWeight, "a number above 0");
    }

    /** Each setting by name. */
    Map<String, String> named() {
        return Map.of("loss", kind.key(), "next_hour_weight", Double.toString(nextHourWeight));
    }
}
