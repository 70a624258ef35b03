package io.loadcast.http;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.micronaut.core.annotation.Introspected;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What was read of a region, and what had been forecast.
 *
 * @param region its name
 * @param keptFrom the first hour that is kept; null if none is
 * @param hours those that were asked for and are kept, oldest first
 */
@Introspected
@JsonInclude(JsonInclude.Include.ALWAYS)
public record History(String region, @Nullable Instant keptFrom, List<Hour> hours) {

    /**
     * One hour.
     *
     * @param validTime its start
     * @param actualMw what was read; null if nothing was
     * @param forecasts what was forecast for it, by lead time in hours
     */
    @Introspected
    @JsonInclude(JsonInclude.Include.ALWAYS)
    public record Hour(Instant validTime, @Nullable Double actualMw, Map<String, PastForecast> forecasts) {}

    /**
     * What was forecast for one hour at one lead time.
     *
     * @param p10Mw exceeded nine times in ten
     * @param p50Mw the forecast proper
     * @param p90Mw exceeded once in ten
     * @param issueTime of the forecast
     */
    @Introspected
    public record PastForecast(
            @JsonProperty("p10_mw") float p10Mw,
            @JsonProperty("p50_mw") float p50Mw,
            @JsonProperty("p90_mw") float p90Mw,
            Instant issueTime) {}
}
