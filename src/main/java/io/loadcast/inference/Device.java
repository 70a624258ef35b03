package io.loadcast.inference;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** What a model is to run on. */
public enum Device {
    /** CUDA if it can be had, else the CPU. */
    AUTO,
    CPU,
    /** CUDA or nothing. */
    CUDA;

    /** The name in configuration: {@code auto}, {@code cpu}, {@code cuda}. */
    public String key() {
        return name().toLowerCase(Locale.ROOT);
    }

    /**
     * The device of that name in configuration.
     *
     * @throws IllegalArgumentException if no device has this key
     */
    public static Device ofKey(String key) {
        return Arrays.stream(values())
                .filter(device -> device.key().equals(key))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("device '" + key + "' is unknown; known are "
                        + Arrays.stream(values()).map(Device::key).collect(Collectors.joining(", "))));
    }
}
