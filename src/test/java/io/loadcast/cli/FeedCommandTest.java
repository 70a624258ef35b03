package io.loadcast.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.loadcast.broker.EmbeddedBroker;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FeedCommandTest {
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @TempDir
    Path directory;

    @Test
    void publishesTheLastHoursAndPrintsOnlyTheSummaryOnStdout() throws Exception {
        // given
        Path csv = file("Datetime,AEP_MW", "2021-07-01 01:00:00,1", "2021-07-01 02:00:00,2", "2021-07-01 03:00:00,3");
        try (EmbeddedBroker broker = EmbeddedBroker.startTemporary();
                Admin admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()))) {
            admin.createTopics(List.of(new NewTopic("readings", 1, (short) 1)))
                    .all()
                    .get(20, TimeUnit.SECONDS);

            // when
            int exitCode = run(
                    "--csv",
                    csv.toString(),
                    "--label",
                    "end",
                    "--zone",
                    "America/New_York",
                    "--hours",
                    "2",
                    "--topic",
                    "readings",
                    "--json",
                    "-K",
                    "client.id=test",
                    "--bootstrap-servers",
                    broker.bootstrapServers());

            // then
            assertThat(exitCode).as(err.toString()).isZero();
            JsonNode summary = new ObjectMapper().readTree(out.toString());
            assertThat(summary.path("readings").asInt()).isEqualTo(2);
            assertThat(summary.path("regions").asInt()).isEqualTo(1);
            assertThat(summary.path("first_valid_time").asText()).isEqualTo("2021-07-01T05:00:00Z");
            assertThat(summary.path("last_valid_time").asText()).isEqualTo("2021-07-01T06:00:00Z");
            assertThat(summary.path("stopped").asBoolean()).isFalse();
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--speed=fast | speed 'fast' is not a number; give 'max', or simulated hours per second",
                "--speed=-1 | speed -1.0 is not positive",
                "--label=middle | 'middle' is neither start nor end",
                "--zone=Mars | 'Mars' is no time zone; use an IANA name such as America/New_York",
                "--hours=0 | '0' is no count; give a whole number, 1 or more",
                "--nonsense | Unknown option",
            })
    void answersWrongUsageWithCode2AndTheRemedy(String option, String message) throws IOException {
        // when
        int exitCode = run("--csv", file("time,load").toString(), "--bootstrap-servers", "127.0.0.1:1", option);

        // then
        assertThat(exitCode).isEqualTo(2);
        assertThat(err.toString()).contains(message).doesNotContain("Exception");
        assertThat(out.toString()).isEmpty();
    }

    @Test
    void answersBadDataWithCode1AndOneLinePerProblem() throws IOException {
        // given
        Path csv = file("time,load", "2021-07-01 01:00,much");

        // when
        int exitCode = run("--csv", csv.toString(), "--bootstrap-servers", "127.0.0.1:1");

        // then
        assertThat(exitCode).isEqualTo(1);
        assertThat(err.toString().lines())
                .containsExactly("loadcast feed: " + csv
                        + ":2: load 'much' is not a number; write MW with a decimal point, or leave it blank");
        assertThat(out.toString()).isEmpty();
    }

    private int run(String... args) {
        return Loadcast.commandLine()
                .setOut(new PrintWriter(out))
                .setErr(new PrintWriter(err))
                .execute(Stream.concat(Stream.of("feed"), Stream.of(args)).toArray(String[]::new));
    }

    private Path file(String... lines) throws IOException {
        return Files.write(directory.resolve("a.csv"), List.of(lines));
    }
}
