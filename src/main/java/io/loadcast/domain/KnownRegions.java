package io.loadcast.domain;

import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The regions that a model knows by number: the first is 1, and every region that is not among them is {@value #UNKNOWN}. Immutable.
 */
public final class KnownRegions {
    /** The number of a region that a model does not know. */
    public static final int UNKNOWN = 0;

    /** No region, of a model that is not told which one it forecasts. */
    public static final KnownRegions NONE = new KnownRegions(List.of());

    private final List<Region> regions;
    private final Map<Region, Integer> numbers = new HashMap<>();

    /**
     * @param regions in the order of their numbers
     * @throws IllegalArgumentException if one is there twice
     */
    public KnownRegions(List<Region> regions) {
        this.regions = List.copyOf(regions);
        this.regions.forEach(region -> {
            if (numbers.put(region, numbers.size() + 1) != null) {
                throw new IllegalArgumentException("region " + region + " is known twice; name it once");
            }
        });
    }

    /** These regions, each once, in the order of their names. */
    public static KnownRegions of(Collection<Region> regions) {
        return new KnownRegions(regions.stream().distinct().sorted().toList());
    }

    /** In the order of their numbers. */
    public List<Region> regions() {
        return regions;
    }

    public boolean isEmpty() {
        return regions.isEmpty();
    }

    /** From 1; {@value #UNKNOWN} if it is not known. */
    public int number(Region region) {
        return numbers.getOrDefault(region, UNKNOWN);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof KnownRegions known && regions.equals(known.regions);
    }

    @Override
    public int hashCode() {
        return regions.hashCode();
    }

    @Override
    public String toString() {
        return regions.toString();
    }
}
