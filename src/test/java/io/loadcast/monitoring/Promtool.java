package io.loadcast.monitoring;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Assumptions;

/**
 * Prometheus' own checker, as a process.
 *
 * @param exitCode 0 if all is well
 * @param output what it said, on both streams
 */
public record Promtool(int exitCode, String output) {
    private static final String PROGRAM = "promtool";

    /** Runs it in a directory; the test is skipped where it is not installed. */
    public static Promtool run(Path directory, String input, String... arguments) {
        List<String> command = new ArrayList<>(List.of(PROGRAM));
        command.addAll(List.of(arguments));
        try {
            Process process = new ProcessBuilder(command)
                    .directory(directory.toFile())
                    .redirectErrorStream(true)
                    .start();
            try (OutputStream stdin = process.getOutputStream()) {
                stdin.write(input.getBytes(UTF_8));
            }
            String output = new String(process.getInputStream().readAllBytes(), UTF_8);
            return new Promtool(process.waitFor(), output);
        } catch (IOException e) {
            Assumptions.assumeFalse(
                    String.valueOf(e.getMessage()).contains("Cannot run program"),
                    "promtool is not installed: Debian's package prometheus has it");
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
