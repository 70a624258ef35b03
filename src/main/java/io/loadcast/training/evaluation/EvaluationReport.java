package io.loadcast.training.evaluation;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.loadcast.domain.Smape;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.IntToDoubleFunction;
import java.util.stream.Stream;

/** An evaluation in the two forms in which it leaves the program: JSON for programs, a table for people. */
public final class EvaluationReport {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final List<Integer> TABLE_LEADS = List.of(1, 2, 3, 6, 12, 18, 24);

    private static final String MISSING = "missing_forecasts";

    private static final int NAME_WIDTH = 22;
    private static final String NAME = "%-" + NAME_WIDTH + "s";

    private EvaluationReport() {}

    /** With every lead time; a figure that is not defined, as a skill against a baseline without error, is null. */
    public static ObjectNode toJson(Evaluation evaluation) {
        ObjectNode json = JSON.createObjectNode();
        json.put("protocol", evaluation.protocol());
        json.put("windows", evaluation.windows());
        addModels(json.putArray("models"), evaluation);
        addBaselines(json.putArray("baselines"), evaluation);
        return json;
    }

    /** Several lines. */
    public static String toTable(Evaluation evaluation) {
        StringBuilder table = new StringBuilder();
        table.append(String.format(
                "sMAPE in %%, protocol %s, %d windows, mean of the regions%n%n",
                evaluation.protocol(), evaluation.windows()));
        table.append(String.format(NAME, "lead time"));
        TABLE_LEADS.forEach(lead -> table.append(String.format("%8s", lead + " h")));
        table.append(String.format("%16s%n", "article's, 1 h"));
        Stream.concat(evaluation.models().stream(), evaluation.baselines().stream())
                .forEach(scores -> table.append(row(scores.name(), scores::smapePct)));
        notes(evaluation).forEach(note -> table.append(String.format("%n%s%n", note)));
        for (Scores model : evaluation.models()) {
            if (model.has(Metric.COVERAGE)) {
                table.append(String.format("%nloads inside [p10, p90] in %% (nominal 80), mean of the regions%n"));
                table.append(cells(model.name(), lead -> model.at(Metric.COVERAGE, lead)))
                        .append(System.lineSeparator());
            }
            table.append(String.format("%n%s by region%n", model.name()));
            model.regions().keySet().forEach(region -> table.append(row(region, lead -> model.smapePct(region, lead))));
        }
        return table.toString().stripTrailing();
    }

    private static String row(String name, IntToDoubleFunction smapePct) {
        return cells(name, smapePct) + String.format(Locale.ROOT, "%16.4f%n", Smape.article(smapePct.applyAsDouble(1)));
    }

    private static String cells(String name, IntToDoubleFunction value) {
        StringBuilder cells = new StringBuilder(String.format(NAME, name));
        if (name.length() >= NAME_WIDTH) { // a name with a path: the figures keep their columns on a line of their own
            cells.append(String.format("%n" + NAME, ""));
        }
        TABLE_LEADS.forEach(lead -> cells.append(cell(value.applyAsDouble(lead))));
        return cells.toString();
    }

    private static String cell(double value) {
        return Double.isNaN(value) ? String.format("%8s", "-") : String.format(Locale.ROOT, "%8.3f", value);
    }

    /** What a reader of the figures should know of the baselines; for people. */
    static List<String> notes(Evaluation evaluation) {
        List<String> notes = new ArrayList<>();
        for (Scores baseline : evaluation.baselines()) {
            if (baseline.missing() > 0) {
                notes.add(String.format(
                        Locale.ROOT,
                        "%s: %,d hours over all lead times were not scored, as it had no load to forecast them from.",
                        baseline.name(),
                        baseline.missing()));
            }
        }
        evaluation.unscored().forEach(one -> notes.add(one.name() + ": not scored, " + one.reason() + "."));
        return notes;
    }

    private static void addModels(ArrayNode array, Evaluation evaluation) {
        for (Scores model : evaluation.models()) {
            ObjectNode json = addMeans(array, model);
            addSkill(json, evaluation, model.horizon(), model::skill);
            ObjectNode regions = json.putObject("regions");
            model.regions().keySet().forEach(name -> {
                ObjectNode region = addRegion(regions, model, name);
                addSkill(region, evaluation, model.horizon(), (baseline, lead) -> model.skill(baseline, name, lead));
            });
        }
    }

    private static void addBaselines(ArrayNode array, Evaluation evaluation) {
        for (Scores baseline : evaluation.baselines()) {
            ObjectNode json = addMeans(array, baseline);
            json.put(MISSING, baseline.missing());
            ObjectNode regions = json.putObject("regions");
            baseline.regions()
                    .forEach(
                            (name, scores) -> addRegion(regions, baseline, name).put(MISSING, scores.missing()));
        }
        for (Unscored unscored : evaluation.unscored()) {
            ObjectNode json = array.addObject();
            json.put("name", unscored.name());
            json.putNull(Metric.SMAPE.key());
            json.put("note", unscored.reason());
        }
    }

    private static ObjectNode addMeans(ArrayNode array, Scores scores) {
        ObjectNode json = array.addObject();
        int horizon = scores.horizon();
        json.put("name", scores.name());
        for (Metric metric : Metric.values()) {
            if (scores.has(metric)) {
                addLeads(json, metric.key(), horizon, lead -> scores.at(metric, lead));
            }
        }
        addLeads(json, "article_smape_pct", horizon, lead -> Smape.article(scores.smapePct(lead)));
        return json;
    }

    private static ObjectNode addRegion(ObjectNode regions, Scores scores, String region) {
        ObjectNode json = regions.putObject(region);
        for (Metric metric : Metric.values()) {
            if (scores.has(metric)) {
                addLeads(json, metric.key(), scores.horizon(), lead -> scores.at(metric, region, lead));
            }
        }
        return json;
    }

    private static void addSkill(ObjectNode json, Evaluation evaluation, int horizon, Skill skill) {
        ObjectNode skills = json.putObject("skill");
        evaluation
                .baselines()
                .forEach(baseline -> addLeads(skills, baseline.name(), horizon, lead -> skill.against(baseline, lead)));
        evaluation.unscored().forEach(unscored -> skills.putNull(unscored.name()));
    }

    private static void addLeads(ObjectNode json, String field, int horizon, IntToDoubleFunction value) {
        ObjectNode leads = json.putObject(field);
        for (int lead = 1; lead <= horizon; lead++) {
            double figure = value.applyAsDouble(lead);
            String key = Integer.toString(lead);
            if (Double.isFinite(figure)) {
                leads.put(key, figure);
            } else {
                leads.putNull(key);
            }
        }
    }

    /** Skill against one baseline at one lead time. */
    private interface Skill {
        double against(Scores baseline, int lead);
    }
}
