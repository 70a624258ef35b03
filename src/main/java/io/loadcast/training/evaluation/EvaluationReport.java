package io.loadcast.training.evaluation;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.loadcast.domain.Smape;
import java.util.List;
import java.util.Locale;
import java.util.function.IntToDoubleFunction;
import java.util.stream.Stream;

/** An evaluation in the two forms in which it leaves the program: JSON for programs, a table for people. */
public final class EvaluationReport {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final List<Integer> TABLE_LEADS = List.of(1, 2, 3, 6, 12, 18, 24);

    private EvaluationReport() {}

    public static ObjectNode toJson(Evaluation evaluation) {
        ObjectNode json = JSON.createObjectNode();
        json.put("protocol", evaluation.protocol());
        json.put("windows", evaluation.windows());
        addScores(json.putArray("models"), evaluation.models());
        addScores(json.putArray("baselines"), evaluation.baselines());
        return json;
    }

    /** Several lines. */
    public static String toTable(Evaluation evaluation) {
        StringBuilder table = new StringBuilder();
        table.append(String.format(
                "sMAPE in %%, protocol %s, %d windows, mean of the regions%n%n",
                evaluation.protocol(), evaluation.windows()));
        table.append(String.format("%-22s", "lead time"));
        TABLE_LEADS.forEach(lead -> table.append(String.format("%8s", lead + " h")));
        table.append(String.format("%16s%n", "article's, 1 h"));
        Stream.concat(evaluation.models().stream(), evaluation.baselines().stream())
                .forEach(scores -> table.append(row(scores.name(), scores::smapePct)));
        for (Scores model : evaluation.models()) {
            if (model.hasIntervals()) {
                table.append(String.format("%nloads inside [p10, p90] in %% (nominal 80), mean of the regions%n"));
                table.append(cells(model.name(), model::coveragePct)).append(System.lineSeparator());
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
        StringBuilder cells = new StringBuilder(String.format("%-22s", name));
        TABLE_LEADS.forEach(lead -> cells.append(String.format(Locale.ROOT, "%8.3f", value.applyAsDouble(lead))));
        return cells.toString();
    }

    private static void addScores(ArrayNode array, List<Scores> all) {
        for (Scores scores : all) {
            ObjectNode json = array.addObject();
            json.put("name", scores.name());
            addLeads(json, "smape_pct", scores.horizon(), scores::smapePct);
            addLeads(json, "article_smape_pct", scores.horizon(), lead -> Smape.article(scores.smapePct(lead)));
            addCoverage(json, scores, scores::coveragePct);
            ObjectNode regions = json.putObject("regions");
            for (String name : scores.regions().keySet()) {
                ObjectNode region = regions.putObject(name);
                addLeads(region, "smape_pct", scores.horizon(), lead -> scores.smapePct(name, lead));
                addCoverage(region, scores, lead -> scores.coveragePct(name, lead));
            }
        }
    }

    private static void addCoverage(ObjectNode json, Scores scores, IntToDoubleFunction coveragePct) {
        if (scores.hasIntervals()) {
            addLeads(json, "coverage_pct", scores.horizon(), coveragePct);
        }
    }

    private static void addLeads(ObjectNode json, String field, int horizon, IntToDoubleFunction value) {
        ObjectNode leads = json.putObject(field);
        for (int lead = 1; lead <= horizon; lead++) {
            leads.put(Integer.toString(lead), value.applyAsDouble(lead));
        }
    }
}
