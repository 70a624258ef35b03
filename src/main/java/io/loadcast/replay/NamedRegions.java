package io.loadcast.replay;

import java.util.Collection;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * The regions that somebody has named, beside those that there are. Immutable.
 *
 * @param named none for all that there are
 * @param there on a topic, or in files
 */
public record NamedRegions(SortedSet<String> named, SortedSet<String> there) {
    private static final int LISTED = 20;

    public NamedRegions(Collection<String> named, Collection<String> there) {
        this(new TreeSet<>(named), new TreeSet<>(there));
    }

    /** Those named that are not there. */
    public List<String> absent() {
        return named.stream().filter(name -> !there.contains(name)).toList();
    }

    /** Whether regions are named, and none of them is there. */
    public boolean noneIsThere() {
        return !named.isEmpty() && absent().size() == named.size();
    }

    /**
     * Says which are absent, and which there are.
     *
     * @param where they were looked for, such as {@code topic loadcast.readings.v1}
     */
    public String sentence(String where) {
        List<String> absent = absent();
        return where + " has no region " + listed(absent) + "; "
                + (there.isEmpty() ? "it has none at all" : "it has " + listed(there));
    }

    /** Some of the names, and how many more there are. */
    static String listed(Collection<String> names) {
        String some = String.join(", ", names.stream().limit(LISTED).toList());
        return names.size() <= LISTED ? some : some + " and " + (names.size() - LISTED) + " more";
    }
}
