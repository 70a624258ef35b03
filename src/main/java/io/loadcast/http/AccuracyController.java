package io.loadcast.http;

import io.loadcast.view.GridView;
import io.loadcast.view.RegionView;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.PathVariable;
import io.micronaut.http.annotation.QueryValue;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.List;
import java.util.stream.Stream;

/** How good forecasts have been. */
@Controller("/api/v1")
@Tag(name = "accuracy")
final class AccuracyController {
    private static final List<String> WINDOWS = List.of("24h", "168h", "all");

    private final GridView view;

    AccuracyController(GridView view) {
        this.view = view;
    }

    /**
     * The running scores of all regions.
     *
     * @param window 24h, 168h or all
     * @return a row for each region and lead time
     */
    @Get("/accuracy")
    AccuracyTable ofAll(@QueryValue(defaultValue = "24h") String window) {
        Parameters.requireOneOf("window", window, WINDOWS);
        return new AccuracyTable(
                window,
                view.regions().stream().flatMap(region -> rows(region, window)).toList());
    }

    /**
     * The running scores of one region.
     *
     * @param region its name
     * @param window 24h, 168h or all
     * @return a row for each lead time
     */
    @Get("/regions/{region}/accuracy")
    AccuracyTable ofRegion(@PathVariable String region, @QueryValue(defaultValue = "24h") String window) {
        Parameters.requireOneOf("window", window, WINDOWS);
        RegionView known = view.region(region).orElseThrow(() -> ProblemException.unknownRegion(region));
        return new AccuracyTable(window, rows(known, window).toList());
    }

    private static Stream<AccuracyTable.Row> rows(RegionView region, String window) {
        return region.scores().stream().map(lead -> {
            RegionView.Score score = switch (window) {
                case "24h" -> lead.last24h();
                case "168h" -> lead.last168h();
                default -> lead.all();
            };
            return new AccuracyTable.Row(
                    region.region(),
                    lead.leadHours(),
                    score.count(),
                    score.smapePct(),
                    score.baselineSmapePct(),
                    score.coveragePct());
        });
    }
}
