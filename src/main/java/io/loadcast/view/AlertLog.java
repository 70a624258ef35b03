package io.loadcast.view;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The newest alerts, raised and cleared folded into one by their id. Thread-safe. */
final class AlertLog {
    /** Some kilobytes each. */
    private static final int MOST = 5_000;

    private static final String CLEARED = "cleared_time";

    /** Of those that are not over and had to go: two names each. */
    private static final int MOST_COUNTED = 50_000;

    private final Map<String, JsonNode> byId = new LinkedHashMap<>();

    /** The regions of alerts that are not over and not kept any more, so that they still count; by id. */
    private final Map<String, String> counted = new LinkedHashMap<>();

    synchronized void take(JsonNode alert) {
        String id = alert.path("id").asText();
        JsonNode known = byId.get(id);
        // With several stream threads the record that clears may come first: what was cleared stays so.
        if (known != null && isCleared(known) && !isCleared(alert)) {
            return;
        }
        counted.remove(id);
        byId.put(id, alert);
        if (byId.size() > MOST) {
            dropOne();
        }
    }

    /** The oldest that is over; if none is, the oldest. */
    private void dropOne() {
        Iterator<JsonNode> oldest = byId.values().iterator();
        while (oldest.hasNext()) {
            if (isCleared(oldest.next())) {
                oldest.remove();
                return;
            }
        }
        Map.Entry<String, JsonNode> first = byId.entrySet().iterator().next();
        String id = first.getKey();
        String region = regionOf(first.getValue());
        byId.remove(id);
        if (region != null && counted.size() < MOST_COUNTED) {
            counted.put(id, region);
        }
    }

    /** Newest first, by the time they were raised; those of one time by their ids, so that pages of them fit together. */
    synchronized List<JsonNode> newestFirst() {
        List<JsonNode> all = new ArrayList<>(byId.values());
        all.sort(Comparator.comparing(
                        (JsonNode alert) -> alert.path("raised_time").asText())
                .reversed()
                .thenComparing(alert -> alert.path("id").asText()));
        return all;
    }

    /** How many are not over, by region. */
    synchronized Map<String, Integer> activeByRegion() {
        Map<String, Integer> active = new HashMap<>();
        for (JsonNode alert : byId.values()) {
            String region = regionOf(alert);
            if (region != null && !isCleared(alert)) {
                active.merge(region, 1, Integer::sum);
            }
        }
        counted.values().forEach(region -> active.merge(region, 1, Integer::sum));
        return active;
    }

    static @Nullable String regionOf(JsonNode alert) {
        return alert.path("region").textValue();
    }

    static boolean isCleared(JsonNode alert) {
        return alert.hasNonNull(CLEARED);
    }
}
