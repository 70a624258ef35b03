package io.loadcast.training;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** What becomes of the learning rate after its warm-up. */
public enum Schedule {
    /** It falls along half a cosine (Loshchilov and Hutter 2017) to a hundredth. */
    COSINE,

    /** It stays. */
    CONSTANT;

    /** Its name in options and manifests. */
    public String key() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** @throws IllegalArgumentException if no schedule has this key */
    public static Schedule ofKey(String key) {
        return Arrays.stream(values())
                .filter(schedule -> schedule.key().equals(key))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("schedule '" + key + "' is unknown; known are "
                        + Arrays.stream(values()).map(Schedule::key).collect(Collectors.joining(", "))));
    }
}
