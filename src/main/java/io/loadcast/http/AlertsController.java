package io.loadcast.http;

import com.fasterxml.jackson.databind.JsonNode;
import io.loadcast.view.GridView;
import io.micronaut.core.annotation.Nullable;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.QueryValue;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.List;
import java.util.function.Predicate;

/** What somebody should know of. */
@Controller("/api/v1/alerts")
@Tag(name = "alerts")
final class AlertsController {
    private static final List<String> SWITCH = List.of("true", "false");

    private final GridView view;
    private final AlertKinds kinds;

    AlertsController(GridView view, AlertKinds kinds) {
        this.view = view;
        this.kinds = kinds;
    }

    /**
     * Alerts, newest first, a page of them.
     *
     * @param active true: only those that are not over; false: only those that are
     * @param region only those of this region
     * @param kind only those of this kind
     * @param limit how many on a page, 1 to 1000
     * @param after only alerts that come after the one with this id: {@code next} of the page before
     * @return the page
     */
    @Get
    AlertList alerts(
            @Nullable @QueryValue String active,
            @Nullable @QueryValue String region,
            @Nullable @QueryValue String kind,
            @QueryValue(defaultValue = "100") int limit,
            @Nullable @QueryValue String after) {
        Parameters.requireWithin("limit", limit, 1, 1000);
        if (active != null) {
            Parameters.requireOneOf("active", active, SWITCH);
        }
        if (kind != null) {
            Parameters.requireOneOf("kind", kind, kinds.keys());
        }
        List<JsonNode> all = view.alerts();
        if (region != null && view.region(region).isEmpty() && all.stream().noneMatch(alert -> isOf(alert, region))) {
            throw ProblemException.unknownRegion(region);
        }
        Predicate<JsonNode> wanted =
                alert -> (active == null || Boolean.parseBoolean(active) != alert.hasNonNull("cleared_time"))
                        && (region == null || isOf(alert, region))
                        && (kind == null || kind.equals(alert.path("kind").textValue()));
        // Found among all: it may have been cleared since its page, and not match any more.
        int start = after == null ? 0 : placeAfter(after, all);
        List<JsonNode> page = all.subList(start, all.size()).stream()
                .filter(wanted)
                .limit(limit + 1L)
                .toList();
        boolean last = page.size() <= limit;
        List<JsonNode> alerts = last ? page : page.subList(0, limit);
        return new AlertList(alerts, last ? null : idOf(alerts.get(limit - 1)), (int)
                all.stream().filter(wanted).count());
    }

    private static int placeAfter(String id, List<JsonNode> all) {
        for (int i = 0; i < all.size(); i++) {
            if (id.equals(idOf(all.get(i)))) {
                return i + 1;
            }
        }
        throw Parameters.wrong(
                "after", id, "send the next of the page before, or leave it out to begin with the newest alert");
    }

    private static String idOf(JsonNode alert) {
        return alert.path("id").asText();
    }

    private static boolean isOf(JsonNode alert, String region) {
        return region.equals(alert.path("region").textValue());
    }
}
