package io.loadcast.models;

import io.loadcast.domain.Region;
import org.jspecify.annotations.Nullable;

/**
 * What a model is assigned to: one region, or all that have no assignment of their own.
 *
 * @param region null for all
 */
public record ModelScope(@Nullable Region region) {
    /** All regions that have no assignment of their own. */
    public static final ModelScope ALL = new ModelScope(null);

    private static final String ALL_KEY = "*";

    /** The scope of this {@link #key}. */
    static ModelScope ofKey(String key) {
        return key.equals(ALL_KEY) ? ALL : new ModelScope(new Region(key));
    }

    /** In records: the region's name, or {@code *}, which is therefore no region's. */
    public String key() {
        return region == null ? ALL_KEY : region.name();
    }

    /** For people. */
    @Override
    public String toString() {
        return region == null ? "all regions" : "region " + region;
    }
}
