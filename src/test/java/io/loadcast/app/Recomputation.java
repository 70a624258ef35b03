package io.loadcast.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import io.loadcast.dataset.HourlySeries;
import io.loadcast.domain.EpochHour;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.assertj.core.data.Offset;

/**
 * What loadcast must have published for given loads, worked out from the loads and the published forecasts alone, with none of the
 * program's own arithmetic.
 */
final class Recomputation {
    private static final int HORIZON = 24;
    private static final int DAY = 24;
    private static final List<Integer> SCORED_LEADS = List.of(1, 24);
    private static final Offset<Double> PRINTED = within(1.01e-4);

    private final int lookback;
    private final Map<String, TreeMap<Long, Double>> loads = new TreeMap<>();
    private final Map<String, Map<Long, JsonNode>> forecasts = new HashMap<>();

    Recomputation(int lookback, List<HourlySeries> series) {
        this.lookback = lookback;
        for (HourlySeries one : series) {
            TreeMap<Long, Double> byHour = loads.computeIfAbsent(one.region().name(), name -> new TreeMap<>());
            for (int i = 0; i < one.hours(); i++) {
                if (one.isPresent(i)) {
                    byHour.put(one.epochHour(i), Double.valueOf(Float.toString(one.loadMw(i))));
                }
            }
        }
    }

    /**
     * Exactly one forecast for every hour that was read, in order: the ladder's until the lookback is full, and the model's from then
     * on.
     */
    void requireForecasts(List<JsonNode> published) {
        Map<String, List<Long>> issued = new TreeMap<>();
        for (JsonNode forecast : published) {
            String region = forecast.get("region").asText();
            long hour = EpochHour.containing(
                    Instant.parse(forecast.get("issue_time").asText()));
            issued.computeIfAbsent(region, name -> new ArrayList<>()).add(hour);
            forecasts.computeIfAbsent(region, name -> new HashMap<>()).put(hour, forecast);
            requireQuantilesInOrder(forecast);
            if (hour < loads.get(region).firstKey() + lookback - 1) {
                requireFallback(forecast, region, hour);
            } else {
                assertThat(forecast.get("quality").asText()).isIn("ok", "imputed");
            }
        }
        Map<String, List<Long>> expected = new TreeMap<>();
        loads.forEach((region, byHour) -> expected.put(region, List.copyOf(byHour.keySet())));
        assertThat(issued).isEqualTo(expected);
    }

    /**
     * The last load; from the second day on either that or the day before, scaled by how this hour compares with its hour of that day,
     * if that was read. No hour is missing yet.
     */
    private void requireFallback(JsonNode forecast, String region, long hour) {
        TreeMap<Long, Double> byHour = loads.get(region);
        assertThat(forecast.get("quality").asText()).isEqualTo("fallback");
        assertThat(forecast.get("reason").asText())
                .startsWith("warming up: " + (hour - byHour.firstKey() + 1) + " of " + lookback
                        + " hours read; too little for hour-of-week");
        boolean isRatio = forecast.get("method").asText().equals("ratio");
        assertThat(forecast.get("method").asText())
                .isIn(hour < byHour.firstKey() + DAY - 1 ? List.of("last-value") : List.of("last-value", "ratio"));
        double ratio = byHour.containsKey(hour - DAY) ? byHour.get(hour) / byHour.get(hour - DAY) : 1;
        for (int lead = 1; lead <= HORIZON; lead++) {
            double expected = isRatio ? byHour.get(hour + lead - DAY) * ratio : byHour.get(hour);
            assertThat(forecast.get("p50_mw").get(lead - 1).asDouble())
                    .isCloseTo(expected, within(expected * 1e-5 + 0.051));
        }
    }

    private static void requireQuantilesInOrder(JsonNode forecast) {
        for (int i = 0; i < HORIZON; i++) {
            assertThat(forecast.get("p10_mw").get(i).asDouble())
                    .isLessThanOrEqualTo(forecast.get("p50_mw").get(i).asDouble());
            assertThat(forecast.get("p50_mw").get(i).asDouble())
                    .isLessThanOrEqualTo(forecast.get("p90_mw").get(i).asDouble());
        }
    }

    /** Exactly one score for every hour read and every scored lead time at which it had been forecast, with every figure right. */
    void requireScores(List<JsonNode> published) {
        Map<String, JsonNode> byId = new HashMap<>();
        for (JsonNode score : published) {
            String id =
                    score.get("region").asText() + "/" + score.get("valid_time").asText() + "/"
                            + score.get("lead_hours").asInt();
            assertThat(byId.put(id, score)).as("scored twice: " + id).isNull();
        }
        int expected = 0;
        for (String region : loads.keySet()) {
            for (int lead : SCORED_LEADS) {
                expected += requireScores(region, lead, byId);
            }
        }
        assertThat(byId).hasSize(expected);
    }

    private int requireScores(String region, int lead, Map<String, JsonNode> published) {
        TreeMap<Long, Double> terms = new TreeMap<>();
        TreeMap<Long, Double> baselineTerms = new TreeMap<>();
        TreeMap<Long, Double> hits = new TreeMap<>();
        for (Map.Entry<Long, Double> reading : loads.get(region).entrySet()) {
            long hour = reading.getKey();
            JsonNode forecast = forecasts.get(region).get(hour - lead);
            if (forecast == null) {
                continue;
            }
            double actual = reading.getValue();
            double p50 = forecast.get("p50_mw").get(lead - 1).asDouble();
            boolean inside = forecast.get("p10_mw").get(lead - 1).asDouble() <= actual
                    && actual <= forecast.get("p90_mw").get(lead - 1).asDouble();
            terms.put(hour, actual + p50 == 0 ? 0 : 200 * Math.abs(actual - p50) / (actual + p50));
            hits.put(hour, inside ? 100.0 : 0.0);

            JsonNode score = published.get(region + "/" + EpochHour.start(hour) + "/" + lead);
            assertThat(score)
                    .as("%s at %s, %d h ahead", region, EpochHour.start(hour), lead)
                    .isNotNull();
            assertThat(score.get("actual_mw").asDouble()).isEqualTo(actual);
            assertThat(score.get("forecast_mw").asDouble()).isEqualTo(p50);
            assertThat(score.get("residual_mw").asDouble()).isCloseTo(actual - p50, within(1e-6));
            assertThat(score.get("smape_pct").asDouble()).isCloseTo(terms.get(hour), PRINTED);
            assertThat(score.get("in_interval").asBoolean()).isEqualTo(inside);
            baselineTerms.put(hour, requireBaseline(score, region, hour, lead));
            requireRunning(
                    score,
                    "24h",
                    terms.tailMap(hour - 24, false),
                    baselineTerms.tailMap(hour - 24, false),
                    hits.tailMap(hour - 24, false));
            requireRunning(
                    score,
                    "168h",
                    terms.tailMap(hour - 168, false),
                    baselineTerms.tailMap(hour - 168, false),
                    hits.tailMap(hour - 168, false));
            requireRunning(score, "all", terms, baselineTerms, hits);
        }
        return terms.size();
    }

    /**
     * The published baseline is last · y(t+h−24) / y(t−24), wherever those hours were read; and its sMAPE is right.
     *
     * @return the term of its sMAPE, percent
     */
    private double requireBaseline(JsonNode score, String region, long hour, int lead) {
        TreeMap<Long, Double> byHour = loads.get(region);
        double published = score.get("baseline_forecast_mw").asDouble();
        Double last = byHour.get(hour - lead);
        Double dayBefore = byHour.get(hour - 24);
        Double lastDayBefore = byHour.get(hour - lead - 24);
        if (dayBefore != null && lastDayBefore != null) {
            double baseline = last * dayBefore / lastDayBefore;
            assertThat(published).isCloseTo(baseline, within(baseline * 1e-5 + 0.051));
        }
        double actual = score.get("actual_mw").asDouble();
        double term = 200 * Math.abs(actual - published) / (actual + published);
        assertThat(score.get("baseline_smape_pct").asDouble()).isCloseTo(term, PRINTED);
        return term;
    }

    private static void requireRunning(
            JsonNode score,
            String window,
            Map<Long, Double> terms,
            Map<Long, Double> baselineTerms,
            Map<Long, Double> hits) {
        assertThat(score.get("count_" + window).asInt()).isEqualTo(terms.size());
        assertThat(score.get("smape_" + window + "_pct").asDouble()).isCloseTo(mean(terms), PRINTED);
        assertThat(score.get("baseline_smape_" + window + "_pct").asDouble()).isCloseTo(mean(baselineTerms), PRINTED);
        assertThat(score.get("coverage_" + window + "_pct").asDouble()).isCloseTo(mean(hits), PRINTED);
    }

    private static double mean(Map<Long, Double> values) {
        return values.values().stream().mapToDouble(value -> value).average().orElseThrow();
    }
}
