package io.loadcast.domain;

/**
 * The area whose load is forecast; its name is the Kafka key of everything that concerns it.
 *
 * @param name 1 to {@value #MAX_LENGTH} characters (UTF-16 units), at least one of them not blank
 */
public record Region(String name) implements Comparable<Region> {
    public static final int MAX_LENGTH = 128;

    /** @throws IllegalArgumentException if the name is blank or too long */
    public Region {
        if (name.isBlank()) {
            throw new IllegalArgumentException("region is empty; give it a name of 1 to " + MAX_LENGTH + " characters");
        }
        if (name.length() > MAX_LENGTH) {
            throw new IllegalArgumentException("region has " + name.length() + " characters; at most " + MAX_LENGTH);
        }
    }

    @Override
    public int compareTo(Region other) {
        return name.compareTo(other.name);
    }

    @Override
    public String toString() {
        return name;
    }
}
