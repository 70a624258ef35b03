package io.loadcast.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The packaged program, started as a user starts it: a process with arguments, two streams and an exit code. */
final class LoadcastProcess implements AutoCloseable {
    private static final Path JAR = Path.of("target/loadcast.jar").toAbsolutePath();

    private final Process process;
    private final Path stdout;
    private final Path stderr;

    private LoadcastProcess(Process process, Path stdout, Path stderr) {
        this.process = process;
        this.stdout = stdout;
        this.stderr = stderr;
    }

    /** Starts {@code loadcast ARGUMENTS}. */
    static LoadcastProcess start(String... arguments) {
        return startIn(Path.of(System.getProperty("java.io.tmpdir")), arguments);
    }

    /** The same, with a directory of its own for temporary files. */
    static LoadcastProcess startIn(Path temporaryFiles, String... arguments) {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx1g",
                "-Djava.io.tmpdir=" + temporaryFiles,
                "--enable-native-access=ALL-UNNAMED"));
        if (Runtime.version().feature() >= 24) {
            command.add("--sun-misc-unsafe-memory-access=allow"); // as the launcher does
        }
        command.addAll(List.of("-jar", JAR.toString()));
        command.addAll(List.of(arguments));
        try {
            Path stdout = Files.createTempFile("loadcast-", ".out");
            Path stderr = Files.createTempFile("loadcast-", ".err");
            Process process = new ProcessBuilder(command)
                    .redirectOutput(stdout.toFile())
                    .redirectError(stderr.toFile())
                    .start();
            return new LoadcastProcess(process, stdout, stderr);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Waits for the end and gives the exit code. */
    int exitCode(int timeoutSeconds) throws InterruptedException {
        if (!process.waitFor(timeoutSeconds, TimeUnit.SECONDS)) {
            throw new AssertionError("still running after " + timeoutSeconds + " s; stderr:\n" + stderr());
        }
        return process.exitValue();
    }

    /** Asks it to end, as {@code kill} and a container's stop do. */
    void terminate() {
        process.destroy();
    }

    /** Ends it at once, as {@code kill -9} does: it has no say. */
    void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    /** The processes that it has started and that live. */
    List<ProcessHandle> children() {
        return process.children().toList();
    }

    boolean isAlive() {
        return process.isAlive();
    }

    String stdout() {
        return read(stdout);
    }

    String stderr() {
        return read(stderr);
    }

    private static String read(Path file) {
        try {
            return Files.readString(file, UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() throws IOException {
        process.destroyForcibly();
        Files.deleteIfExists(stdout);
        Files.deleteIfExists(stderr);
    }
}
