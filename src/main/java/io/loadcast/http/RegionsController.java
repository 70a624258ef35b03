package io.loadcast.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.loadcast.domain.EpochHour;
import io.loadcast.view.GridView;
import io.loadcast.view.RegionView;
import io.micronaut.core.annotation.Nullable;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.PathVariable;
import io.micronaut.http.annotation.QueryValue;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.DoubleStream;

/** What is known of regions. */
@Controller("/api/v1/regions")
@Tag(name = "regions")
final class RegionsController {
    private static final int SPARK_HOURS = 24;
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private final GridView view;
    private final RegionZones zones;
    private final ModelSource models;

    RegionsController(GridView view, RegionZones zones, ModelSource models) {
        this.view = view;
        this.zones = zones;
        this.models = models;
    }

    /**
     * The regions, by name, a page of them.
     *
     * @param query only regions whose names have this in them, in any case
     * @param limit how many on a page, 1 to 1000
     * @param after only regions whose names come after this one: {@code next} of the page before
     * @return the page
     */
    @Get
    RegionPage regions(
            @Nullable @QueryValue String query,
            @QueryValue(defaultValue = "100") int limit,
            @Nullable @QueryValue String after) {
        Parameters.requireWithin("limit", limit, 1, 1000);
        String wanted = query == null ? "" : query.toLowerCase(Locale.ROOT);
        List<RegionView> matching = view.regions().stream()
                .filter(region -> region.region().toLowerCase(Locale.ROOT).contains(wanted))
                .toList();
        List<RegionView> following = matching.stream()
                .filter(region -> after == null || region.region().compareTo(after) > 0)
                .toList();
        List<RegionView> page = following.subList(0, Math.min(limit, following.size()));
        Map<String, Integer> alerts = view.activeAlerts();
        String next = page.size() < following.size() ? page.get(page.size() - 1).region() : null;
        return new RegionPage(
                page.stream().map(region -> entry(region, alerts)).toList(), next, matching.size(), view.isComplete());
    }

    /**
     * One region.
     *
     * @param region its name
     * @return as in the list, with its model and how much is known
     */
    @Get("/{region}")
    RegionDetail region(@PathVariable String region) {
        RegionView known = known(region);
        Long keptFrom = view.keptFrom(region);
        return new RegionDetail(
                entry(known, view.activeAlerts()),
                model(region),
                known.readings(),
                keptFrom == null ? null : EpochHour.start(keptFrom));
    }

    /**
     * The region's newest forecast.
     *
     * @param region its name
     * @return the record as it is on the topic
     */
    @Get("/{region}/forecast")
    @ApiResponse(
            responseCode = "200",
            description = "The record as it is on the topic; see schemas/forecast.schema.json.",
            content = @Content(mediaType = MediaType.APPLICATION_JSON, schema = @Schema(type = "object")))
    HttpResponse<byte[]> forecast(@PathVariable String region) {
        known(region);
        byte[] record = view.newestForecast(region)
                .orElseThrow(() -> new ProblemException(
                        io.micronaut.http.HttpStatus.NOT_FOUND,
                        "region " + Quoted.of(region) + " has no forecast yet; it warms up"));
        return HttpResponse.ok(record).contentType(MediaType.APPLICATION_JSON_TYPE);
    }

    /**
     * What was read of a region, and what had been forecast for the same hours. As much as is kept in memory: {@code kept_from} says
     * from when on.
     *
     * @param region its name
     * @param from the first hour, ISO 8601; a week before the end if absent
     * @param to after the last hour; after the newest if absent
     * @param lead only forecasts of this lead time in hours, 1 to the model's horizon; 1 and 24 if absent
     * @return hour by hour
     */
    @Get("/{region}/history")
    History history(
            @PathVariable String region,
            @Nullable @QueryValue String from,
            @Nullable @QueryValue String to,
            @Nullable @QueryValue Integer lead) {
        RegionView known = known(region);
        Period period = Period.of(from, to, known.newestHour() == null ? 0 : known.newestHour());
        if (lead != null) {
            Parameters.requireWithin("lead", lead, 1, models.horizonHours());
        }
        List<History.Hour> hours =
                view
                        .history(region, period.start(), period.end(), lead == null ? List.of(1, 24) : List.of(lead))
                        .stream()
                        .map(RegionsController::hour)
                        .toList();
        Long keptFrom = view.keptFrom(region);
        return new History(region, keptFrom == null ? null : EpochHour.start(keptFrom), hours);
    }

    private static History.Hour hour(io.loadcast.view.HistoryHour hour) {
        Map<String, History.PastForecast> forecasts = new java.util.TreeMap<>();
        hour.forecasts()
                .forEach((lead, mw) -> forecasts.put(
                        Integer.toString(lead),
                        new History.PastForecast(mw[0], mw[1], mw[2], EpochHour.start(hour.hour() - lead))));
        return new History.Hour(EpochHour.start(hour.hour()), orNull(hour.loadMw()), forecasts);
    }

    private RegionEntry entry(RegionView region, Map<String, Integer> alerts) {
        RegionView.Load load = region.load();
        RegionView.NextHour next = region.nextHour();
        RegionView.LeadScore scored = region.nextHourScore();
        RegionView.Score day = scored == null ? null : scored.last24h();
        Instant newest = load == null ? null : load.validTime();
        List<Double> spark = new ArrayList<>();
        DoubleStream.of(view.newestLoads(region.region(), SPARK_HOURS)).forEach(mw -> spark.add(orNull(mw)));
        return new RegionEntry(
                region.region(),
                zones.zone(region.region()).getId(),
                region.status(view.newestHour()).key(),
                newest,
                load == null ? null : load.mw(),
                next == null
                        ? null
                        : new RegionEntry.NextHour(
                                next.issueTime(),
                                next.quality(),
                                next.method(),
                                next.p10Mw(),
                                next.p50Mw(),
                                next.p90Mw()),
                day == null ? null : day.smapePct(),
                day == null ? null : day.baselineSmapePct(),
                day == null ? 0 : day.count(),
                alerts.getOrDefault(region.region(), 0),
                spark);
    }

    private @Nullable JsonNode model(String region) {
        return view.newestForecast(region)
                .map(record -> {
                    try {
                        return MAPPER.readTree(record).get("model");
                    } catch (IOException e) {
                        throw new IllegalStateException("the view has read it before", e);
                    }
                })
                .orElse(null);
    }

    private RegionView known(String region) {
        return view.region(region).orElseThrow(() -> ProblemException.unknownRegion(region));
    }

    private static @Nullable Double orNull(double mw) {
        return Double.isNaN(mw) ? null : mw;
    }
}
