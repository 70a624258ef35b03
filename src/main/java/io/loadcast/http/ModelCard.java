package io.loadcast.http;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.micronaut.core.annotation.Introspected;
import java.util.List;
import java.util.Map;

/**
 * What a model says of itself.
 *
 * @param name its name
 * @param version its version
 * @param sha256 of its file
 * @param architecture its entry in the zoo
 * @param lookbackHours past hours that it sees
 * @param horizonHours the largest lead time that it forecasts
 * @param quantiles the probability levels of its output, ascending
 * @param calendarFeatures what it is told of each hour
 * @param knownRegions the regions that it knows; it forecasts others too
 * @param training how it was trained: data, period, split, settings
 * @param scores what it scored, by name
 */
@Introspected
public record ModelCard(
        String name,
        String version,
        @JsonProperty("sha256") String sha256,
        String architecture,
        int lookbackHours,
        int horizonHours,
        List<Double> quantiles,
        List<String> calendarFeatures,
        List<String> knownRegions,
        Map<String, String> training,
        Map<String, Double> scores) {}
