package io.loadcast.faults;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * A program of the packaged jars, with the classes of tests before them, in a JVM of its own, which takes signals. Its output is appended to a log file. It dies with this
 * JVM, if not before. Thread-safe; whoever started it closes it.
 */
final class ChildJvm implements AutoCloseable {
    private static final int EXIT_SECONDS = 60;

    /** Short: ONNX Runtime 1.29 crashes in a process whose command line has 4 KB or more. */
    private static final String CLASS_PATH = Path.of("target/test-classes").toAbsolutePath()
            + File.pathSeparator
            + Path.of("target/loadcast.jar").toAbsolutePath(); // its manifest names the libraries

    private final Process process;
    private final Path log;
    private final Thread killer;

    private ChildJvm(Process process, Path log) {
        this.process = process;
        this.log = log;
        this.killer = new Thread(process::destroyForcibly);
        Runtime.getRuntime().addShutdownHook(killer);
    }

    static ChildJvm start(Path log, List<String> jvmOptions, String mainClass, List<String> arguments) {
        return start(log, Map.of(), jvmOptions, mainClass, arguments);
    }

    /** @param environment variables beside those of this JVM */
    static ChildJvm start(
            Path log,
            Map<String, String> environment,
            List<String> jvmOptions,
            String mainClass,
            List<String> arguments) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "--enable-native-access=ALL-UNNAMED"));
        if (Runtime.version().feature() >= 24) {
            command.add("--sun-misc-unsafe-memory-access=allow"); // as the launcher does
        }
        command.add("-Dlogback.configurationFile=logback.xml"); // the program's own, not that of tests
        command.addAll(jvmOptions);
        command.addAll(List.of("-cp", CLASS_PATH, mainClass));
        command.addAll(arguments);
        try {
            Files.createDirectories(log.toAbsolutePath().getParent());
            ProcessBuilder builder = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
            builder.environment().putAll(environment);
            return new ChildJvm(builder.start(), log);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** {@code kill -9}, and waits until it is gone. */
    void kill() {
        signal("KILL");
        awaitExit();
    }

    /** {@code kill -15}, and waits for its good end. */
    void terminate() {
        signal("TERM");
        awaitExit();
    }

    /** {@code kill -STOP}: it keeps all it has, and does nothing. */
    void freeze() {
        signal("STOP");
    }

    /** {@code kill -CONT}: it goes on as if no time had passed. */
    void thaw() {
        signal("CONT");
    }

    private void signal(String name) {
        try {
            int exit = new ProcessBuilder("kill", "-" + name, String.valueOf(process.pid()))
                    .start()
                    .waitFor();
            if (exit != 0) {
                throw new AssertionError("no process " + process.pid() + " to signal; see " + log);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", e);
        }
    }

    boolean isAlive() {
        return process.isAlive();
    }

    /** Of a process that has ended. */
    int exitCode() {
        return process.exitValue();
    }

    /** The most memory that it had so far, as Linux tells it. */
    long peakKilobytes() {
        return kilobytes("VmHWM:");
    }

    /** The memory that it has now, as Linux tells it. */
    long residentKilobytes() {
        return kilobytes("VmRSS:");
    }

    private long kilobytes(String entry) {
        try {
            return Files.readAllLines(Path.of("/proc", String.valueOf(process.pid()), "status")).stream()
                    .filter(line -> line.startsWith(entry))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", "")))
                    .findFirst()
                    .orElseThrow();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void awaitExit() {
        try {
            if (!process.waitFor(EXIT_SECONDS, TimeUnit.SECONDS)) {
                throw new AssertionError("still running after " + EXIT_SECONDS + " s; see " + log);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", e);
        }
    }

    @Override
    public void close() {
        process.destroyForcibly();
        awaitExit();
        try {
            Runtime.getRuntime().removeShutdownHook(killer);
        } catch (IllegalStateException e) {
            assert e != null; // this JVM is shutting down, and the hook runs
        }
    }
}
