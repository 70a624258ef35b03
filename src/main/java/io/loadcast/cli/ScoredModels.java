package io.loadcast.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import io.loadcast.models.ModelCatalog;
import io.loadcast.models.ModelDescriptor;
import io.loadcast.streaming.NewestScores;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * The running scores of the models that forecast and of those that challenge, as {@code loadcast models list} prints them.
 *
 * @param rows champions first
 * @param unscored checksums of challengers that have no score yet
 */
record ScoredModels(List<NewestScores.Row> rows, Set<String> unscored) {
    private static final String CHAMPION = "champion";

    /** Of the scores that are read, those of the newest champions, and of the models that challenge now. */
    static ScoredModels of(ModelCatalog catalog, List<NewestScores.Row> read) {
        Set<String> challengers = catalog.assignments().values().stream()
                .flatMap(assignment -> assignment.challengers().stream())
                .collect(Collectors.toCollection(TreeSet::new));
        List<NewestScores.Row> rows = read.stream()
                .filter(row -> row.role().equals(CHAMPION) || challengers.contains(row.sha256()))
                .toList();
        rows.stream().filter(row -> !row.role().equals(CHAMPION)).forEach(row -> challengers.remove(row.sha256()));
        return new ScoredModels(rows, challengers);
    }

    void print(ModelCatalog catalog, PrintWriter out) {
        if (!rows.isEmpty()) {
            out.println(
                    "sMAPE in % of the newest 168 hours, mean of the regions; a champion's is of what was published");
            out.printf("%-10s  %-42s %7s %5s %9s %9s%n", "role", "model", "regions", "lead", "model", "baseline");
        }
        for (NewestScores.Row row : rows) {
            out.printf(
                    Locale.ROOT,
                    "%-10s  %-42s %,7d %3d h %9.3f %9.3f%n",
                    row.role(),
                    String.format("%s (%.12s)", row.model(), row.sha256()),
                    row.regions(),
                    row.leadHours(),
                    row.smapePct(),
                    row.baselineSmapePct());
        }
        for (String sha256 : unscored) {
            out.printf(
                    "%-10s  %s (%.12s): not scored yet%n",
                    "challenger",
                    catalog.model(sha256).map(ModelDescriptor::name).orElse("unpublished"),
                    sha256);
        }
    }

    void putTo(ArrayNode json) {
        rows.forEach(row -> json.addObject()
                .put("role", row.role())
                .put("model", row.model())
                .put("sha256", row.sha256())
                .put("lead_hours", row.leadHours())
                .put("regions", row.regions())
                .put("smape_168h_pct", row.smapePct())
                .put("baseline_smape_168h_pct", row.baselineSmapePct()));
    }
}
