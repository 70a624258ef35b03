package io.loadcast.monitoring;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The files for Prometheus in {@code deploy}, by Prometheus' own checker. */
class AlertRulesTest {
    private static final Path DIRECTORY = Path.of("deploy/prometheus");

    @Test
    void theConfigurationAndTheRulesAreValid() {
        assertThat(Promtool.run(DIRECTORY, "", "check", "config", "prometheus.yml"))
                .matches(check -> check.exitCode() == 0);
        assertThat(Promtool.run(DIRECTORY, "", "check", "rules", "alerts.yml")).matches(check -> check.exitCode() == 0);
    }

    @Test
    void theRulesFireWhenTheyShouldAndOnlyThen() {
        assertThat(Promtool.run(DIRECTORY, "", "test", "rules", "alerts_test.yml"))
                .matches(test -> test.exitCode() == 0);
    }

    @Test
    void everyRuleIsSeenToFireInATest() throws IOException {
        assertThat(named("alert: (\\w+)", "alerts.yml"))
                .isNotEmpty()
                .isSubsetOf(named("alertname: (\\w+)\n +exp_alerts:\n", "alerts_test.yml"));
    }

    private static Set<String> named(String pattern, String file) throws IOException {
        return Pattern.compile(pattern)
                .matcher(Files.readString(DIRECTORY.resolve(file)))
                .results()
                .map((MatchResult found) -> found.group(1))
                .collect(Collectors.toSet());
    }
}
