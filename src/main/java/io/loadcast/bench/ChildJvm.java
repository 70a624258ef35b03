package io.loadcast.bench;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.Writer;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A program of this class path in a JVM of its own, which answers {@link Requests}. It logs to this program's stderr. Its JVM options
 * are those of this one, then its own. One thread asks; any may {@link #kill} it. Whoever started it closes it, which ends it.
 */
final class ChildJvm implements AutoCloseable {
    static final String FAILURE = "failure";

    private static final int PATIENCE_SECONDS = 30;

    private final String name;
    private final Process process;
    private final BufferedReader answers;
    private final Writer requests;

    private ChildJvm(String name, Process process) {
        this.name = name;
        this.process = process;
        this.answers = process.inputReader(StandardCharsets.UTF_8);
        this.requests = process.outputWriter(StandardCharsets.UTF_8);
    }

    /**
     * Starts it; returns before it is ready.
     *
     * @param name for messages, such as {@code broker}
     * @param main has a {@code main}, which answers requests
     * @throws BenchException if there is no such process
     */
    static ChildJvm start(String name, Class<?> main, List<String> jvmOptions, List<String> arguments) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(inheritedOptions());
        command.addAll(jvmOptions);
        command.add(main.getName());
        command.addAll(arguments);
        ProcessBuilder builder = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT);
        // Not as an option: ONNX Runtime 1.29.0 crashes where the command line is longer than some kilobytes.
        builder.environment().put("CLASSPATH", System.getProperty("java.class.path"));
        try {
            return new ChildJvm(name, builder.start());
        } catch (IOException e) {
            throw new BenchException("cannot start a JVM for the " + name + ": " + e.getMessage(), e);
        }
    }

    /** Without agents and debuggers: two JVMs cannot share their files and ports. */
    private static List<String> inheritedOptions() {
        return ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
                .filter(option -> !option.startsWith("-javaagent") && !option.startsWith("-agent"))
                .toList();
    }

    /**
     * Asks, and waits for the answer.
     *
     * @throws BenchException if the child failed or has ended
     */
    <T> T ask(String request, Class<T> form) {
        try {
            requests.write(request);
            requests.write('\n');
            requests.flush();
        } catch (IOException e) {
            throw ended(e);
        }
        return answer(form);
    }

    /**
     * Waits for an answer to what was not asked: that it is ready.
     *
     * @throws BenchException if the child failed or has ended
     */
    <T> T answer(Class<T> form) {
        try {
            String line = answers.readLine();
            if (line == null) {
                throw ended(null);
            }
            JsonNode answer = Requests.JSON.readTree(line);
            if (answer.has(FAILURE)) {
                throw new BenchException(answer.get(FAILURE).asText());
            }
            return Requests.JSON.treeToValue(answer, form);
        } catch (JsonProcessingException e) {
            throw new BenchException("the " + name + " answers in another form: " + e.getMessage(), e);
        } catch (IOException e) {
            throw ended(e);
        }
    }

    private BenchException ended(@Nullable IOException cause) {
        String message = "the " + name + " of the benchmark has ended; the log above may say why";
        return cause == null ? new BenchException(message) : new BenchException(message, cause);
    }

    /** Ends it at once. */
    void kill() {
        process.destroyForcibly();
    }

    /** Tells it that there are no further requests, waits for its end, and kills it after half a minute. */
    @Override
    public void close() {
        try {
            requests.close();
        } catch (IOException e) {
            process.destroy(); // it did not hear
        }
        try {
            if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
