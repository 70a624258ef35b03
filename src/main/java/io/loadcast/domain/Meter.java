package io.loadcast.domain;

/**
 * One of the devices whose sum is the load of a region; the name tells it from the region's others.
 *
 * @param name 1 to {@value #MAX_LENGTH} characters (UTF-16 units), at least one of them not blank
 */
public record Meter(String name) {
    public static final int MAX_LENGTH = 128;

    /** @throws IllegalArgumentException if the name is blank or too long */
    public Meter {
        if (name.isBlank()) {
            throw new IllegalArgumentException("meter is empty; give it a name of 1 to " + MAX_LENGTH + " characters");
        }
        if (name.length() > MAX_LENGTH) {
            throw new IllegalArgumentException("meter has " + name.length() + " characters; at most " + MAX_LENGTH);
        }
    }

    @Override
    public String toString() {
        return name;
    }
}
