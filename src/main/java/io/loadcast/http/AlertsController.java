package io.loadcast.http;

import com.fasterxml.jackson.databind.JsonNode;
import io.loadcast.view.GridView;
import io.micronaut.core.annotation.Nullable;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.QueryValue;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.List;

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
     * Alerts, newest first.
     *
     * @param active true: only those that are not over; false: only those that are
     * @param region only those of this region
     * @param kind only those of this kind
     * @param limit how many, 1 to 1000
     * @return the alerts
     */
    @Get
    AlertList alerts(
            @Nullable @QueryValue String active,
            @Nullable @QueryValue String region,
            @Nullable @QueryValue String kind,
            @QueryValue(defaultValue = "100") int limit) {
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
        List<JsonNode> matching = all.stream()
                .filter(alert -> active == null || Boolean.parseBoolean(active) != alert.hasNonNull("cleared_time"))
                .filter(alert -> region == null || isOf(alert, region))
                .filter(alert -> kind == null || kind.equals(alert.path("kind").textValue()))
                .toList();
        return new AlertList(matching.subList(0, Math.min(limit, matching.size())), matching.size());
    }

    private static boolean isOf(JsonNode alert, String region) {
        return region.equals(alert.path("region").textValue());
    }
}
