package io.loadcast.http;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.micronaut.core.annotation.Introspected;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One region of the overview.
 *
 * @param region its name
 * @param zone the IANA zone that its people live by
 * @param state live, warming-up, late, fallback or silent; late and silent are behind the newest hour of all regions
 * @param newestValidTime the newest hour that was read; null if none is known
 * @param newestLoadMw its load
 * @param forecast the newest forecast of the next hour; null while there is none
 * @param smape24hPct the running sMAPE of next-hour forecasts over a day; null while none was scored
 * @param baselineSmape24hPct that of the baseline over the same hours
 * @param count24h how many hours were scored
 * @param activeAlerts how many of the region's alerts are not over
 * @param sparkMw the last 24 loads, oldest first; null where none was read
 */
@Introspected
@JsonInclude(JsonInclude.Include.ALWAYS)
public record RegionEntry(
        String region,
        String zone,
        String state,
        @Nullable Instant newestValidTime,
        @Nullable Double newestLoadMw,
        @Nullable NextHour forecast,
        @JsonProperty("smape_24h_pct") @Nullable Double smape24hPct,

        @JsonProperty("baseline_smape_24h_pct") @Nullable Double baselineSmape24hPct,

        @JsonProperty("count_24h") long count24h,
        int activeAlerts,
        List<@Nullable Double> sparkMw) {

    /**
     * The newest forecast of the hour after its issue time.
     *
     * @param issueTime of the forecast
     * @param quality ok, imputed or fallback
     * @param method what made it, where the forecast says so
     * @param p10Mw exceeded nine times in ten
     * @param p50Mw the forecast proper
     * @param p90Mw exceeded once in ten
     */
    @Introspected
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record NextHour(
            Instant issueTime,
            String quality,
            @Nullable String method,
            @JsonProperty("p10_mw") double p10Mw,
            @JsonProperty("p50_mw") double p50Mw,
            @JsonProperty("p90_mw") double p90Mw) {}
}
