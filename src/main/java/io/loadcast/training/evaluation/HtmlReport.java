package io.loadcast.training.evaluation;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** An evaluation as a page that needs no other file and no network, with its pictures beside it as PNG files too. */
public final class HtmlReport {
    public static final String FILE_NAME = "report.html";

    private static final List<Integer> LEADS = List.of(1, 2, 3, 6, 12, 18, 24);
    private static final String HEAD = """
            <!DOCTYPE html>
            <html lang="en"><head><meta charset="utf-8"><title>Load forecasts, evaluated</title>
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <style>
            body { font: 16px/1.5 system-ui, sans-serif; color: #222; max-width: 1200px; margin: 2rem auto; padding: 0 1rem; }
            table { border-collapse: collapse; margin: 1rem 0; font-variant-numeric: tabular-nums; }
            th, td { padding: .25rem .8rem; text-align: right; border-bottom: 1px solid #e4e4e4; }
            th:first-child, td:first-child { text-align: left; }
            figure { margin: 2rem 0; } img { max-width: 100%; height: auto; } figcaption { color: #555; }
            </style></head><body>
            """;

    private final Evaluation evaluation;
    private final StringBuilder html = new StringBuilder(HEAD);

    private HtmlReport(Evaluation evaluation) {
        this.evaluation = evaluation;
    }

    /**
     * Writes the page and its pictures; files of these names are overwritten.
     *
     * @param directory is made if it is not there
     * @return the page
     */
    public static Path write(Evaluation evaluation, Path directory) {
        EvaluationPlots plots = new EvaluationPlots(evaluation);
        List<Plot> overall = plots.overall();
        List<Plot> weeks = plots.weeks();
        Path page = directory.resolve(FILE_NAME);
        try {
            Files.createDirectories(directory);
            for (Plot plot : Stream.concat(overall.stream(), weeks.stream()).toList()) {
                Files.write(directory.resolve(plot.fileName()), plot.png());
            }
            Files.writeString(page, new HtmlReport(evaluation).page(overall, weeks));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write the report to " + directory + ": " + e.getMessage(), e);
        }
        return page;
    }

    private String page(List<Plot> overall, List<Plot> weeks) {
        html.append("<h1>Load forecasts, evaluated</h1>\n<p>Protocol ")
                .append(escaped(evaluation.protocol()))
                .append(String.format(Locale.ROOT, ", %,d windows", evaluation.windows()))
                .append(". A mean over the regions counts each the same.</p>\n");
        overview();
        overall.forEach(this::figure);
        evaluation.models().forEach(this::regions);
        html.append("<h2>A week of each region</h2>\n");
        weeks.forEach(this::figure);
        return html.append("</body></html>\n").toString();
    }

    private void overview() {
        html.append("<h2>sMAPE in %, mean of the regions</h2>\n<table>\n");
        row("th", "lead time", LEADS.stream().map(lead -> lead + " h"));
        Stream.concat(evaluation.models().stream(), evaluation.baselines().stream())
                .forEach(scores -> row("td", scores.name(), cells(scores::smapePct)));
        html.append("</table>\n");
        EvaluationReport.notes(evaluation)
                .forEach(note -> html.append("<p>").append(escaped(note)).append("</p>\n"));
        for (Scores model : evaluation.models()) {
            html.append("<h2>").append(escaped(model.name())).append(", mean of the regions</h2>\n<table>\n");
            row("th", "lead time", LEADS.stream().map(lead -> lead + " h"));
            Stream.of(Metric.values())
                    .filter(model::has)
                    .forEach(metric -> row("td", metric.label(), cells(lead -> model.at(metric, lead))));
            evaluation
                    .baselines()
                    .forEach(baseline ->
                            row("td", "skill against " + baseline.name(), cells(lead -> model.skill(baseline, lead))));
            html.append("</table>\n");
        }
    }

    private void regions(Scores model) {
        List<Metric> metrics = Stream.of(Metric.values()).filter(model::has).toList();
        IntStream.of(1, model.horizon()).distinct().forEach(lead -> {
            html.append("<h2>")
                    .append(escaped(model.name()))
                    .append(" by region, ")
                    .append(lead)
                    .append(" h ahead</h2>\n<table>\n");
            row("th", "region", metrics.stream().map(Metric::label));
            model.regions()
                    .keySet()
                    .forEach(region ->
                            row("td", region, metrics.stream().map(metric -> number(model.at(metric, region, lead)))));
            html.append("</table>\n");
        });
    }

    private void figure(Plot plot) {
        html.append("<figure><img alt=\"")
                .append(escaped(plot.caption()))
                .append("\" src=\"data:image/png;base64,")
                .append(Base64.getEncoder().encodeToString(plot.png()))
                .append("\"><figcaption>")
                .append(escaped(plot.caption()))
                .append("</figcaption></figure>\n");
    }

    private void row(String cell, String name, Stream<String> values) {
        html.append("<tr>");
        Stream.concat(Stream.of(name), values)
                .forEach(text -> html.append('<')
                        .append(cell)
                        .append('>')
                        .append(escaped(text))
                        .append("</")
                        .append(cell)
                        .append('>'));
        html.append("</tr>\n");
    }

    private static Stream<String> cells(IntToDoubleFunction value) {
        return LEADS.stream().map(lead -> number(value.applyAsDouble(lead)));
    }

    private static String number(double value) {
        if (!Double.isFinite(value)) {
            return "–";
        }
        return String.format(Locale.ROOT, Math.abs(value) < 100 ? "%.3f" : "%,.0f", value);
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;")
                .replace("'", "&#39;");
    }
}
