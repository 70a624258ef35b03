package io.loadcast.monitoring;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the dashboard for Grafana asks, by Prometheus' own checker. That a running loadcast answers it, {@code MonitoringIT} holds. */
class GrafanaDashboardTest {
    /** A word of PromQL that is neither a function, nor a label, nor of its grammar. */
    private static final Pattern BARE =
            Pattern.compile("(?:loadcast|kafka|jvm|process|http|logback)_[a-z0-9_]+(?![a-z0-9_{])");

    @TempDir
    Path directory;

    @Test
    void everyExpressionIsPromQl() throws IOException {
        assertThat(GrafanaDashboard.read().expressions()).hasSizeGreaterThan(40);
        assertThat(checked(GrafanaDashboard.read().expressions())).matches(check -> check.exitCode() == 0);
    }

    @Test
    void anExpressionThatIsNoneIsSeenNotToBe() throws IOException {
        List<String> expressions = new ArrayList<>(GrafanaDashboard.read().expressions());
        expressions.add("sum by (reason (rate(loadcast_forecasts_total[5m]))");

        assertThat(checked(expressions)).matches(check -> check.exitCode() != 0);
    }

    @Test
    void everyMetricIsAskedForByItsJob() throws IOException {
        assertThat(GrafanaDashboard.read().expressions())
                .noneMatch(expression -> BARE.matcher(expression).find());
        assertThat(GrafanaDashboard.read().selectors())
                .allSatisfy(selector -> assertThat(selector.labels()).contains("job"));
    }

    /** As rules that record them: the checker knows no single expressions. JSON is YAML. */
    private Promtool checked(List<String> expressions) throws IOException {
        List<Map<String, String>> rules = new ArrayList<>();
        for (String expression : expressions) {
            rules.add(Map.of("record", "asked:" + rules.size(), "expr", expression));
        }
        Map<String, Object> groups = Map.of("groups", List.of(Map.of("name", "grafana", "rules", rules)));
        Files.writeString(directory.resolve("rules.yml"), new ObjectMapper().writeValueAsString(groups));
        return Promtool.run(directory, "", "check", "rules", "rules.yml");
    }
}
