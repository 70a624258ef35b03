package io.loadcast.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TopicsCommandTest {
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--partitions=0             | '0' is no count; give a whole number, 1 or more",
                "--partitions=-1            | '-1' is no count",
                "--partitions=many          | 'many' is no count",
                "--replication-factor=0     | '0' is no count; give a whole number, 1 or more",
                "--replication-factor=40000 | '40000' is more than 32767",
            })
    void aCountThatNoTopicCanHaveIsWrongUsage(String option, String message) {
        // when
        int exitCode = run("create", "-b", "127.0.0.1:1", option);

        // then
        String name = option.substring(0, option.indexOf('='));
        assertThat(exitCode).isEqualTo(2);
        assertThat(err.toString())
                .startsWith("loadcast topics create: Invalid value for option '" + name + "'")
                .contains(message)
                .contains("loadcast topics create --help");
        assertThat(out.toString()).isEmpty();
    }

    @Test
    void aFailureNamesTheWholeCommand() {
        // when
        int exitCode = run("describe", "-b", "nonsense");

        // then
        assertThat(exitCode).isEqualTo(1);
        assertThat(err.toString().lines())
                .singleElement()
                .asString()
                .startsWith("loadcast topics describe: cannot connect");
    }

    private int run(String command, String... options) {
        return Loadcast.commandLine()
                .setOut(new PrintWriter(out))
                .setErr(new PrintWriter(err))
                .execute(Stream.concat(Stream.of("topics", command), Stream.of(options))
                        .toArray(String[]::new));
    }
}
