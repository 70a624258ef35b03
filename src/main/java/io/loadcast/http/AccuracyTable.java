package io.loadcast.http;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.micronaut.core.annotation.Introspected;
import java.util.List;

/**
 * How good forecasts have been.
 *
 * @param window over which: 24h, 168h or all
 * @param scores by region and lead time
 */
@Introspected
public record AccuracyTable(String window, List<Row> scores) {

    /**
     * The forecasts of one region at one lead time.
     *
     * @param region its name
     * @param leadHours the lead time
     * @param count hours scored
     * @param smapePct their mean sMAPE
     * @param baselineSmapePct that of the baseline over the same hours
     * @param coveragePct share of those hours whose load lay between p10 and p90; 80 is right
     */
    @Introspected
    public record Row(
            String region,
            int leadHours,
            long count,
            @JsonProperty("smape_pct") double smapePct,
            double baselineSmapePct,
            double coveragePct) {}
}
