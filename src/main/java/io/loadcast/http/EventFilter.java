package io.loadcast.http;

import io.loadcast.view.EventKind;
import io.micronaut.core.annotation.Nullable;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Which events a client wants.
 *
 * @param regions whose, empty for all; events that are no region's always
 * @param kinds of which kinds
 */
record EventFilter(Set<String> regions, Set<EventKind> kinds) {

    /**
     * @param regions names, separated by commas; null or empty for all
     * @param types kinds of events, separated by commas; null or empty for all
     * @throws ProblemException if a kind is not known
     */
    static EventFilter of(@Nullable String regions, @Nullable String types) {
        EnumSet<EventKind> kinds = EnumSet.noneOf(EventKind.class);
        for (String type : listed(types)) {
            kinds.add(EventKind.ofKey(type).orElseThrow(() -> unknown(type)));
        }
        return new EventFilter(Set.copyOf(listed(regions)), kinds.isEmpty() ? EnumSet.allOf(EventKind.class) : kinds);
    }

    private static ProblemException unknown(String type) {
        String known = Arrays.stream(EventKind.values()).map(EventKind::key).collect(Collectors.joining(", "));
        return Parameters.wrong("types", type, "send some of " + known + ", separated by commas");
    }

    private static List<String> listed(@Nullable String names) {
        return names == null
                ? List.of()
                : Arrays.stream(names.split(","))
                        .filter(name -> !name.isBlank())
                        .distinct()
                        .toList();
    }

    boolean wants(EventRing.Entry event) {
        return kinds.contains(event.kind())
                && (regions.isEmpty() || event.region() == null || regions.contains(event.region()));
    }
}
