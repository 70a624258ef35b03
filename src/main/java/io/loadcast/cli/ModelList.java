package io.loadcast.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.loadcast.forecasting.PromotionRule;
import io.loadcast.models.ModelAssignment;
import io.loadcast.models.ModelCatalog;
import io.loadcast.models.ModelDescriptor;
import io.loadcast.models.ModelJson;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** A catalogue of models as {@code loadcast models list} prints it. */
final class ModelList {
    private static final int SHORT = 12;
    private static final String STARTED_WITH = "the model that instances are started with";

    private ModelList() {}

    static void print(ModelCatalog catalog, PrintWriter out) {
        if (catalog.assignments().isEmpty()) {
            out.println("nothing is assigned: " + STARTED_WITH + " forecasts");
        }
        catalog.assignments().forEach((scope, assignment) -> {
            out.printf(
                    "%-16s champion %s, since %s%n",
                    scope.equals("*") ? "all regions" : scope,
                    assignment.champion() == null ? "as without this" : name(catalog, assignment.champion()),
                    assignment.assignedTime());
            PromotionRule.Verdict evidence = assignment.evidence();
            if (evidence != null) {
                out.printf(Locale.ROOT, "%-16s by the promotion rule: %s%n", "", text(evidence));
            }
            printAll("before it", catalog, assignment.previous(), out);
            printAll("challengers", catalog, assignment.challengers(), out);
        });
        if (!catalog.models().isEmpty()) {
            out.printf("%-12s  %-28s %12s  %-20s  %s%n", "sha256", "model", "bytes", "published", "file");
        }
        for (ModelDescriptor model : catalog.models()) {
            out.printf(
                    Locale.ROOT,
                    "%-12s  %-28s %,12d  %-20s  %s%n",
                    model.id().sha256().substring(0, SHORT),
                    model.name(),
                    model.bytes(),
                    model.publishedTime(),
                    model.uri() == null ? "in the topic" : model.uri());
        }
    }

    private static String text(PromotionRule.Verdict evidence) {
        return String.format(
                Locale.ROOT,
                "it erred by %.3f %%, the one before by %.3f %% over %d hours; Diebold-Mariano %.2f, p = %.2g",
                evidence.challengerPct(),
                evidence.championPct(),
                evidence.hours(),
                evidence.statistic(),
                evidence.pValue());
    }

    private static void printAll(String what, ModelCatalog catalog, List<String> models, PrintWriter out) {
        if (!models.isEmpty()) {
            out.printf(
                    "%-16s %s: %s%n",
                    "",
                    what,
                    models.stream().map(sha256 -> name(catalog, sha256)).collect(Collectors.joining(", ")));
        }
    }

    private static String name(ModelCatalog catalog, String sha256) {
        return catalog.model(sha256).map(ModelDescriptor::name).orElse("unpublished") + " ("
                + sha256.substring(0, SHORT) + ")";
    }

    static ObjectNode json(ModelCatalog catalog) {
        ObjectNode document = new ObjectMapper().createObjectNode();
        ArrayNode assignments = document.putArray("assignments");
        for (Map.Entry<String, ModelAssignment> entry : catalog.assignments().entrySet()) {
            ModelAssignment assignment = entry.getValue();
            ObjectNode json = assignments.addObject();
            json.put("regions", entry.getKey());
            json.put("champion", assignment.champion());
            put(json.putArray("previous"), assignment.previous());
            put(json.putArray("challengers"), assignment.challengers());
            json.put("assigned_time", assignment.assignedTime().toString());
            json.set("evidence", ModelJson.of(assignment.evidence()));
        }
        ArrayNode models = document.putArray("models");
        for (ModelDescriptor model : catalog.models()) {
            models.addObject()
                    .put("sha256", model.id().sha256())
                    .put("name", model.id().name())
                    .put("version", model.id().version())
                    .put("architecture", model.architecture())
                    .put("lookback_hours", model.lookbackHours())
                    .put("horizon_hours", model.horizonHours())
                    .put("bytes", model.bytes())
                    .put("uri", model.uri() == null ? null : model.uri().toString())
                    .put("published_time", model.publishedTime().toString());
        }
        return document;
    }

    private static void put(ArrayNode array, List<String> texts) {
        texts.forEach(array::add);
    }
}
