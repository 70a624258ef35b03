package io.loadcast.training.evaluation;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Models beside each other and beside the baselines: accuracy, size and speed, a row for each. Of baselines only the accuracy. */
public final class ComparisonReport {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final List<Integer> SMAPE_LEADS = List.of(1, 6, 24);
    private static final List<Integer> COVERAGE_LEADS = List.of(1, 24);
    private static final String NONE = "—";
    private static final int MINUTE = 60;

    /** Columns that hold names and no figures. */
    private static final int NAMES = 2;

    private final Evaluation evaluation;
    private final List<ComparedModel> models;

    /**
     * A report of these models.
     *
     * @param evaluation for the protocol and the baselines
     * @param models in the order of the rows, at least one, all measured with the same batch sizes
     */
    public ComparisonReport(Evaluation evaluation, List<ComparedModel> models) {
        this.evaluation = evaluation;
        this.models = List.copyOf(models);
    }

    /** With null for what is not known or not defined. */
    public ObjectNode toJson() {
        ObjectNode json = JSON.createObjectNode();
        json.put("protocol", evaluation.protocol());
        json.put("windows", evaluation.windows());
        ArrayNode rows = json.putArray("models");
        models.forEach(model -> addModel(rows.addObject(), model));
        ArrayNode baselines = json.putArray("baselines");
        evaluation.baselines().forEach(baseline -> {
            ObjectNode row = baselines.addObject().put("name", baseline.name());
            addLeads(row, Metric.SMAPE, baseline, SMAPE_LEADS);
        });
        evaluation
                .unscored()
                .forEach(unscored -> baselines
                        .addObject()
                        .put("name", unscored.name())
                        .putNull(Metric.SMAPE.key())
                        .put("note", unscored.reason()));
        return json;
    }

    private static void addModel(ObjectNode json, ComparedModel model) {
        json.put("name", model.scores().name());
        json.put("architecture", model.architecture());
        json.put("parameters", model.parameters());
        json.put("size_bytes", model.sizeBytes());
        json.put("training_seconds", model.trainingSeconds());
        addLeads(json, Metric.SMAPE, model.scores(), SMAPE_LEADS);
        addLeads(json, Metric.COVERAGE, model.scores(), COVERAGE_LEADS);
        ObjectNode speed = json.putObject("windows_per_second_by_batch");
        model.windowsPerSecond().forEach((batch, rate) -> speed.put(batch.toString(), rate));
    }

    private static void addLeads(ObjectNode json, Metric metric, Scores scores, List<Integer> leads) {
        ObjectNode values = json.putObject(metric.key());
        for (int lead : leads) {
            double value = scores.at(metric, lead);
            if (Double.isFinite(value)) {
                values.put(Integer.toString(lead), value);
            } else {
                values.putNull(Integer.toString(lead));
            }
        }
    }

    /** Columns with blanks between them, for a terminal. */
    public String toTable() {
        List<List<String>> lines = new ArrayList<>(List.of(
                titles().stream().map(Title::word).toList(),
                titles().stream().map(Title::at).toList()));
        lines.addAll(rows());
        int[] widths = IntStream.range(0, titles().size())
                .map(column -> lines.stream()
                        .mapToInt(line -> line.get(column).length())
                        .max()
                        .orElse(0))
                .toArray();
        return join(
                System.lineSeparator(),
                lines.stream().map(line -> aligned(line, widths)).toList());
    }

    /** A Markdown document: the same table and texts. */
    public String toMarkdown() {
        List<String> lines = new ArrayList<>();
        lines.add(markdown(titles().stream()
                .map(title -> (title.word() + " " + title.at()).strip())
                .toList()));
        lines.add("|---".repeat(NAMES) + "|--:".repeat(titles().size() - NAMES) + "|");
        rows().forEach(row -> lines.add(markdown(row)));
        return join("\n", lines) + "\n";
    }

    private static String markdown(List<String> row) {
        return row.stream().map(cell -> cell.replace("|", "\\|")).collect(Collectors.joining(" | ", "| ", " |"));
    }

    /** The table between the texts that explain it. */
    private String join(String newLine, List<String> table) {
        List<String> parts = new ArrayList<>();
        parts.add(String.format(
                Locale.ROOT,
                "Protocol %s, %,d windows. sMAPE, and coverage of [p10, p90] (nominal 80), in %%, mean of the regions.",
                evaluation.protocol(),
                evaluation.windows()));
        parts.add(String.join(newLine, table));
        parts.add("Windows/s on one CPU thread, median of " + Throughput.ROUNDS
                + " rounds in which the models take turns; compare within one run only.");
        parts.addAll(EvaluationReport.notes(evaluation));
        return String.join(newLine + newLine, parts);
    }

    private List<List<String>> rows() {
        List<List<String>> rows = new ArrayList<>();
        models.forEach(model -> rows.add(row(model)));
        int speeds = models.get(0).windowsPerSecond().size();
        evaluation.baselines().forEach(baseline -> {
            List<String> row = new ArrayList<>(List.of(baseline.name(), "baseline", NONE, NONE, NONE));
            addScores(row, baseline);
            row.addAll(Collections.nCopies(speeds, NONE));
            rows.add(row);
        });
        return rows;
    }

    private List<Title> titles() {
        List<Title> titles = new ArrayList<>();
        List.of("model", "architecture", "parameters", "KiB", "training")
                .forEach(word -> titles.add(new Title(word, "")));
        SMAPE_LEADS.forEach(lead -> titles.add(new Title("sMAPE", lead + " h")));
        COVERAGE_LEADS.forEach(lead -> titles.add(new Title("coverage", lead + " h")));
        models.get(0).windowsPerSecond().keySet().forEach(size -> titles.add(new Title("windows/s", "batch " + size)));
        return titles;
    }

    private static List<String> row(ComparedModel model) {
        List<String> row = new ArrayList<>();
        row.add(model.scores().name());
        row.add(model.architecture());
        row.add(String.format(Locale.ROOT, "%,d", model.parameters()));
        row.add(String.format(Locale.ROOT, "%,.0f", model.sizeBytes() / 1024.0));
        row.add(time(model.trainingSeconds()));
        addScores(row, model.scores());
        model.windowsPerSecond().values().forEach(rate -> row.add(String.format(Locale.ROOT, "%,.0f", rate)));
        return row;
    }

    private static void addScores(List<String> row, Scores scores) {
        SMAPE_LEADS.forEach(lead -> row.add(figure(scores.at(Metric.SMAPE, lead), "%.3f")));
        COVERAGE_LEADS.forEach(lead -> row.add(figure(scores.at(Metric.COVERAGE, lead), "%.1f")));
    }

    private static String figure(double value, String format) {
        return Double.isFinite(value) ? String.format(Locale.ROOT, format, value) : NONE;
    }

    /** In the unit that people would use. */
    private static String time(@Nullable Double seconds) {
        if (seconds == null) {
            return NONE;
        }
        if (seconds < 2 * MINUTE) {
            return String.format(Locale.ROOT, "%.0f s", seconds);
        }
        return seconds < 2 * MINUTE * MINUTE
                ? String.format(Locale.ROOT, "%.0f min", seconds / MINUTE)
                : String.format(Locale.ROOT, "%.1f h", seconds / MINUTE / MINUTE);
    }

    /** Names to the left, figures to the right. */
    private static String aligned(List<String> row, int[] widths) {
        StringBuilder line = new StringBuilder();
        for (int column = 0; column < widths.length; column++) {
            String blanks = " ".repeat(widths[column] - row.get(column).length());
            line.append(column == 0 ? "" : "  ")
                    .append(column < NAMES ? row.get(column) + blanks : blanks + row.get(column));
        }
        return line.toString().stripTrailing();
    }

    /** What stands over a column: a word, and at which lead time or batch size. */
    private record Title(String word, String at) {}
}
