package io.loadcast.cli;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.loadcast.app.Demo;
import io.loadcast.forecasting.ModelId;
import io.loadcast.view.RegionView;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.function.ToDoubleFunction;
import java.util.function.ToLongFunction;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What a demo has shown, as its topics tell it. The sMAPE are of the next hour, means over the regions that were scored.
 *
 * @param source where the readings came from
 * @param deadLetters records on the dead-letter topic
 * @param outcomes what became of the readings, by name
 * @param processingSeconds from the first reading sent to the last result seen
 * @param wallSeconds from the start of the command
 */
record DemoReport(
        String source,
        ModelId model,
        String device,
        long readings,
        long accuracyRecords,
        long deadLetters,
        List<RegionView> regions,
        Map<String, Long> outcomes,
        double processingSeconds,
        double wallSeconds) {

    private static final String ALERT = "alert.";
    private static final String RAISED = ".raised";
    private static final Set<String> RARE = Set.of("rejected", "alert");

    static DemoReport of(Demo demo, String source, long processingNanos, long wallNanos) {
        return new DemoReport(
                source,
                demo.server().model(),
                demo.server().device(),
                demo.view().readings(),
                demo.view().accuracyRecords(),
                demo.view().deadLetters(),
                demo.view().regions(),
                demo.server().counters().snapshot(),
                processingNanos / 1e9,
                wallNanos / 1e9);
    }

    String toJson() {
        ObjectNode json = new JsonMapper().createObjectNode();
        json.put("source", source)
                .put("model", model.name() + " " + model.version())
                .put("device", device)
                .put("readings", readings)
                .put("forecasts", sum(RegionView::forecasts))
                .put("scored", sum(RegionView::scored))
                .put("accuracy_records", accuracyRecords)
                .put("dead_letters", deadLetters)
                .put("smape_pct", mean(RegionView.Score::smapePct))
                .put("baseline_smape_pct", mean(RegionView.Score::baselineSmapePct))
                .put("coverage_pct", mean(RegionView.Score::coveragePct))
                .put("ticks_per_second", round(ticksPerSecond(), 1))
                .put("processing_seconds", round(processingSeconds, 2))
                .put("wall_seconds", round(wallSeconds, 2));
        alerts().forEach(json.putObject("alerts")::put);
        outcomes.forEach(json.putObject("outcomes")::put);
        regions.forEach(region -> putRegion(json.withObjectProperty("regions"), region));
        return json.toString();
    }

    /** How many were raised, by kind: those that were. */
    private Map<String, Long> alerts() {
        Map<String, Long> raised = new LinkedHashMap<>();
        outcomes.forEach((name, count) -> {
            if (name.startsWith(ALERT) && name.endsWith(RAISED) && count > 0) {
                raised.put(name.substring(ALERT.length(), name.length() - RAISED.length()), count);
            }
        });
        return raised;
    }

    private static void putRegion(ObjectNode json, RegionView region) {
        ObjectNode node = json.putObject(region.region())
                .put("readings", region.readings())
                .put("forecasts", region.forecasts())
                .put("scored", region.scored());
        if (region.score() != null) {
            node.put("smape_pct", region.score().smapePct())
                    .put("baseline_smape_pct", region.score().baselineSmapePct())
                    .put("coverage_pct", region.score().coveragePct());
        }
    }

    String toText() {
        String table = String.join(System.lineSeparator(), RegionTable.lines(regions));
        return String.format(
                Locale.ROOT,
                "%s%n%n%,d readings, %,d forecasts, %,d next-hour forecasts scored, %,d dead letters%n"
                        + "next-hour sMAPE %s %% (baseline %s %%), interval coverage %s %% (nominal 80 %%)%n"
                        + "alerts raised: %s%n"
                        + "%,.0f ticks/s; %.1f s in all%n%s",
                table,
                readings,
                sum(RegionView::forecasts),
                sum(RegionView::scored),
                deadLetters,
                text(mean(RegionView.Score::smapePct)),
                text(mean(RegionView.Score::baselineSmapePct)),
                text(mean(RegionView.Score::coveragePct)),
                alertsText(),
                ticksPerSecond(),
                wallSeconds,
                String.join(System.lineSeparator(), outcomeLines()));
    }

    private String alertsText() {
        Map<String, Long> raised = alerts();
        return raised.isEmpty()
                ? "none"
                : raised.entrySet().stream()
                        .map(alert -> String.format(Locale.ROOT, "%s %,d", alert.getKey(), alert.getValue()))
                        .collect(Collectors.joining(", "));
    }

    /** A line for each kind of outcome: all of them, but of the many reasons to refuse a record, and of alerts, those that occurred. */
    private List<String> outcomeLines() {
        List<String> lines = new ArrayList<>();
        outcomes.keySet().stream().map(DemoReport::kind).distinct().forEach(kind -> {
            List<String> counts = outcomes.entrySet().stream()
                    .filter(outcome -> kind(outcome.getKey()).equals(kind))
                    .filter(outcome -> outcome.getValue() > 0 || !RARE.contains(kind))
                    .map(outcome -> String.format(
                            Locale.ROOT, "%s %,d", outcome.getKey().substring(kind.length() + 1), outcome.getValue()))
                    .toList();
            lines.add(
                    String.format(Locale.ROOT, "%-9s %s", kind, counts.isEmpty() ? "none" : String.join(", ", counts)));
        });
        return lines;
    }

    private static String kind(String outcome) {
        return outcome.substring(0, outcome.indexOf('.'));
    }

    private static String text(@Nullable Double pct) {
        return pct == null ? "–" : String.format(Locale.ROOT, "%.3f", pct);
    }

    /** Of what was processed, which is less than what was fed when the demo was interrupted. */
    private double ticksPerSecond() {
        long processed = outcomes.entrySet().stream()
                .filter(outcome -> outcome.getKey().startsWith("reading.")
                        || outcome.getKey().startsWith("rejected."))
                .mapToLong(Map.Entry::getValue)
                .sum();
        return processed / processingSeconds;
    }

    private long sum(ToLongFunction<RegionView> count) {
        return regions.stream().mapToLong(count).sum();
    }

    /** Null while nothing is scored. */
    private @Nullable Double mean(ToDoubleFunction<RegionView.Score> error) {
        OptionalDouble mean = regions.stream()
                .map(RegionView::score)
                .filter(Objects::nonNull)
                .mapToDouble(error)
                .average();
        return mean.isPresent() ? round(mean.getAsDouble(), 4) : null;
    }

    private static double round(double value, int decimals) {
        double scale = Math.pow(10, decimals);
        return Math.round(value * scale) / scale;
    }
}
