package io.loadcast.monitoring;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What the dashboard for Grafana in {@code deploy} asks of Prometheus.
 *
 * @param expressions in PromQL, with values in place of Grafana's variables
 */
public record GrafanaDashboard(List<String> expressions) {
    private static final Path FILE = Path.of("deploy/grafana/loadcast.json");
    private static final Pattern LABEL_VALUES = Pattern.compile("label_values\\((.*), (\\w+)\\)");
    private static final Pattern SELECTOR = Pattern.compile("([a-z][a-z0-9_]*)\\{([^}]*)}");
    private static final Pattern LABEL = Pattern.compile("(\\w+)(=~|!~|!=|=)\"");

    /**
     * One metric that is asked for.
     *
     * @param labels by which its samples are chosen
     */
    public record Selector(String metric, List<String> labels) {}

    public static GrafanaDashboard read() throws IOException {
        JsonNode dashboard = new ObjectMapper().readTree(FILE.toFile());
        List<String> asked = new ArrayList<>(dashboard.get("panels").findValuesAsText("expr"));
        dashboard.at("/templating/list").findValuesAsText("query").stream()
                .map(LABEL_VALUES::matcher)
                .filter(Matcher::matches)
                .forEach(values -> asked.add("count by (" + values.group(2) + ") (" + chosen(values.group(1)) + ")"));
        return new GrafanaDashboard(asked.stream().map(GrafanaDashboard::filled).toList());
    }

    /** The job itself is chosen among all. */
    private static String chosen(String metric) {
        return metric.contains("{") ? metric : metric + "{job!=\"\"}";
    }

    private static String filled(String expression) {
        return expression.replace("$__rate_interval", "5m").replaceAll("\\$(\\w+)", "x");
    }

    /** All metrics that are asked for: in each expression every metric has a selector, if only of the job. */
    public Stream<Selector> selectors() {
        return expressions.stream()
                .flatMap(expression -> SELECTOR.matcher(expression)
                        .results()
                        .map(found -> new Selector(
                                found.group(1),
                                LABEL.matcher(found.group(2))
                                        .results()
                                        .map(label -> label.group(1))
                                        .toList())));
    }
}
