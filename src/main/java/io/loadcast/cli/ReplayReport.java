package io.loadcast.cli;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.loadcast.replay.LiveComparison;
import io.loadcast.replay.ReplaySummary;
import io.loadcast.replay.TopicSurvey;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;

/**
 * A replay's summary in words and as JSON.
 *
 * @param values what was replayed: {@code as read}, {@code final}, or {@code of files}
 * @param processed records of this run
 * @param seconds that this run took
 */
record ReplayReport(ReplaySummary summary, String values, long processed, double seconds) {
    private static final int LISTED = 20;
    private static final double SHORTEST_RUN_SECONDS = 0.1;

    String toJson() {
        ObjectNode json = new JsonMapper().createObjectNode();
        TopicSurvey survey = summary.survey();
        json.put("topic", survey.topic())
                .put("values", values)
                .put("records", survey.records())
                .put("taken", survey.taken())
                .put("refused_by_live", survey.refusedByLive())
                .put("invalid", survey.invalid())
                .put("first_valid_time", survey.firstValidTime())
                .put("last_valid_time", survey.lastValidTime());
        ArrayNode missing = json.putArray("missing");
        survey.missing().forEach(missing::add);
        json.putObject("model")
                .put("name", summary.model().name())
                .put("version", summary.model().version())
                .put("sha256", summary.model().sha256());
        ObjectNode settings = json.putObject("settings");
        summary.settings().forEach(settings::put);
        putLive(json.putObject("live"));
        ObjectNode forecasts = json.putObject("forecasts").put("topic", summary.forecastsTopic());
        DigestCommand.putTo(forecasts, summary.digest());
        ObjectNode deadLetters = json.putObject("dead_letters");
        summary.deadLetters().forEach(deadLetters::put);
        json.put("warm_up_hours", summary.warmUpHours());
        ArrayNode scores = json.putArray("scores");
        summary.scores().stream()
                .filter(score -> score.count() > 0)
                .forEach(score -> scores.addObject()
                        .put("region", score.region())
                        .put("lead_hours", score.leadHours())
                        .put("count", score.count())
                        .put("smape_pct", score.smapePct())
                        .put("baseline_smape_pct", score.baselineSmapePct())
                        .put("coverage_pct", score.coveragePct()));
        json.put("processed_records", processed).put("took_seconds", Math.round(seconds * 10) / 10.0);
        return json.toPrettyString();
    }

    private void putLive(ObjectNode json) {
        LiveComparison live = summary.live();
        json.put("topic", live.topic())
                .put("compared_forecasts", live.compared())
                .put("not_compared", live.notCompared());
        ArrayNode unknown = json.putArray("not_there");
        live.unknownToLive().forEach(region -> unknown.add(region.region()));
        ArrayNode different = json.putArray("different");
        for (LiveComparison.OfRegion region : live.differing()) {
            LiveComparison.Difference difference = Objects.requireNonNull(region.difference());
            different
                    .addObject()
                    .put("region", region.region())
                    .put("issue_time", difference.issueTime())
                    .put("what", difference.what())
                    .put("likely_cause", difference.likelyCause());
        }
    }

    /** What is not as live's, a sentence for each region; none if all is, or nothing was compared. */
    private List<String> warnings() {
        LiveComparison live = summary.live();
        List<LiveComparison.OfRegion> differing = live.differing();
        List<String> lines = new ArrayList<>();
        differing.stream().limit(LISTED).forEach(region -> {
            LiveComparison.Difference difference = Objects.requireNonNull(region.difference());
            lines.add("WARNING: region " + region.region() + " differs from " + live.topic() + " from the forecast of "
                    + difference.issueTime() + " on: " + difference.what() + ". Likely: " + difference.likelyCause());
        });
        if (differing.size() > LISTED) {
            lines.add("WARNING: so do " + (differing.size() - LISTED) + " more regions; --json has them all");
        }
        return lines;
    }

    private String live() {
        LiveComparison live = summary.live();
        if (live.notCompared() != null) {
            return "live: not compared with " + live.topic() + ": " + live.notCompared();
        }
        int differing = live.differing().size();
        int unknown = live.unknownToLive().size();
        return String.format(
                Locale.ROOT,
                "live: %,d forecasts compared with %s: %d regions the same, %d different, %d not there",
                live.compared(),
                live.topic(),
                live.regions().size() - differing - unknown,
                differing,
                unknown);
    }

    String toText() {
        TopicSurvey survey = summary.survey();
        List<String> lines = new ArrayList<>();
        lines.add(String.format(
                Locale.ROOT,
                "%-12s %5s %10s %9s %9s %9s",
                "region",
                "lead",
                "scored",
                "sMAPE %",
                "baseline",
                "coverage"));
        summary.scores().forEach(score -> lines.add(line(score.region(), score)));
        lines.addAll(means());
        if (summary.warmUpHours() > 0) {
            lines.add(PublishedEvaluation.warmUpSentence(summary.warmUpHours()));
        }
        lines.add("");
        lines.add(String.format(
                        Locale.ROOT,
                        "%,d of %,d records of %s replayed (values %s), %d regions",
                        survey.taken(),
                        survey.records(),
                        survey.topic(),
                        values,
                        survey.regions())
                + (survey.regions() == 0 ? "" : ", " + survey.firstValidTime() + " to " + survey.lastValidTime()));
        if (survey.refusedByLive() > 0) {
            lines.add(String.format(
                    Locale.ROOT,
                    "%,d passed over, as live refused them: they were from the future then",
                    survey.refusedByLive()));
        }
        lines.add(String.format(
                Locale.ROOT,
                "%,d forecasts on %s, SHA-256 %s",
                summary.digest().forecasts(),
                summary.forecastsTopic(),
                summary.digest().sha256()));
        lines.add("dead letters: " + deadLetters());
        lines.add("model " + summary.model().name() + " " + summary.model().version() + ", SHA-256 "
                + summary.model().sha256());
        lines.add("settings: "
                + summary.settings().entrySet().stream()
                        .map(setting -> setting.getKey() + "=" + setting.getValue())
                        .collect(Collectors.joining(" ")));
        lines.add(live());
        lines.addAll(warnings());
        survey.missing().forEach(sentence -> lines.add("MISSING: " + sentence));
        if (seconds >= SHORTEST_RUN_SECONDS) { // else it was finished before
            lines.add(String.format(
                    Locale.ROOT, "this run: %,d records in %.1f s, %,.0f/s", processed, seconds, processed / seconds));
        }
        return String.join(System.lineSeparator(), lines);
    }

    private String deadLetters() {
        return summary.deadLetters().isEmpty()
                ? "none"
                : summary.deadLetters().entrySet().stream()
                        .map(entry -> String.format(Locale.ROOT, "%s %,d", entry.getKey(), entry.getValue()))
                        .collect(Collectors.joining(", "));
    }

    private List<String> means() {
        Map<Integer, List<ReplaySummary.Score>> byLead = summary.scores().stream()
                .filter(score -> score.count() > 0)
                .collect(Collectors.groupingBy(ReplaySummary.Score::leadHours, TreeMap::new, Collectors.toList()));
        return byLead.entrySet().stream()
                .map(entry -> line(
                        "(mean)",
                        new ReplaySummary.Score(
                                "",
                                entry.getKey(),
                                entry.getValue().stream()
                                        .mapToLong(ReplaySummary.Score::count)
                                        .sum(),
                                mean(entry.getValue(), ReplaySummary.Score::smapePct),
                                mean(entry.getValue(), ReplaySummary.Score::baselineSmapePct),
                                mean(entry.getValue(), ReplaySummary.Score::coveragePct))))
                .toList();
    }

    private static double mean(List<ReplaySummary.Score> scores, ToDoubleFunction<ReplaySummary.Score> figure) {
        return scores.stream().mapToDouble(figure).average().orElse(Double.NaN);
    }

    private static String line(String region, ReplaySummary.Score score) {
        return String.format(
                Locale.ROOT,
                "%-12.12s %3d h %,10d %9.3f %9.3f %9.1f",
                region.replaceAll("\\p{Cntrl}", "?"),
                score.leadHours(),
                score.count(),
                score.smapePct(),
                score.baselineSmapePct(),
                score.coveragePct());
    }
}
