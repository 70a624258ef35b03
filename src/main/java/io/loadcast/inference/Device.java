package io.loadcast.inference;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a model is to run on.
 *
 * @param index which of several CUDA devices, from 0; 0 for the CPU
 */
public record Device(Kind kind, int index) {

    /** What sort of device. */
    public enum Kind {
        /** CUDA if it can be had, else the CPU. */
        AUTO,
        CPU,
        /** CUDA or nothing. */
        CUDA
    }

    /** The first CUDA device if it can be had, else the CPU. */
    public static final Device AUTO = new Device(Kind.AUTO, 0);

    public static final Device CPU = new Device(Kind.CPU, 0);

    /** The first CUDA device or nothing. */
    public static final Device CUDA = new Device(Kind.CUDA, 0);

    private static final Pattern KEY = Pattern.compile("(auto)|(cpu)|cuda(?::([0-9]{1,3}))?");

    /** The name in configuration: {@code auto}, {@code cpu}, {@code cuda}, {@code cuda:1}. */
    public String key() {
        return switch (kind) {
            case AUTO -> "auto";
            case CPU -> "cpu";
            case CUDA -> index == 0 ? "cuda" : "cuda:" + index;
        };
    }

    /**
     * The device of that name in configuration.
     *
     * @throws IllegalArgumentException if no device has this key
     */
    public static Device ofKey(String key) {
        Matcher matcher = KEY.matcher(key);
        if (!matcher.matches()) {
            throw new IllegalArgumentException(
                    "device '" + key + "' is unknown; known are auto, cpu, cuda, and cuda:1 for the second GPU");
        }
        if (matcher.group(1) != null) {
            return AUTO;
        }
        if (matcher.group(2) != null) {
            return CPU;
        }
        String index = matcher.group(3);
        return new Device(Kind.CUDA, index == null ? 0 : Integer.parseInt(index));
    }
}
