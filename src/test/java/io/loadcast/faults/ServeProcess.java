package io.loadcast.faults;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * One instance of the application: {@code loadcast serve} with its topology, settings and shipped model, in a JVM of its own, and
 * with an {@linkplain EngineProbe eye} on its engine. It can be started again after its end, with its state directory. For one
 * thread; whoever made it closes it.
 */
final class ServeProcess implements AutoCloseable {
    private final Path directory;
    private final String name;
    private final List<String> arguments = new ArrayList<>();
    private final Map<String, String> environment;
    private EngineProbe probe;
    private ChildJvm process;
    private int starts;
    private long paceMillis;

    /**
     * Starts the instance.
     *
     * @param environment variables beside those of this JVM
     */
    ServeProcess(
            Path directory,
            String name,
            String bootstrapServers,
            Map<String, String> settings,
            Map<String, String> environment,
            long paceMillis) {
        this.directory = directory.toAbsolutePath();
        this.name = name;
        this.environment = environment;
        this.paceMillis = paceMillis;
        arguments.addAll(List.of("serve", "--no-http", "--bootstrap-servers", bootstrapServers));
        arguments.addAll(List.of("--state-dir", stateDirectory().toString()));
        settings.forEach((key, value) -> arguments.addAll(List.of("--set", key + "=" + value)));
        this.process = launch();
        this.probe = probe();
    }

    /** Starts it again after its end. */
    void restart() {
        process.close();
        process = launch();
        probe = probe();
    }

    private ChildJvm launch() {
        starts++;
        Path file = directory.resolve(name + "-" + starts + ".probe");
        List<String> all = new ArrayList<>(arguments);
        all.addAll(List.of("--set", EngineObservation.PROBE + "=" + file));
        return ChildJvm.start(
                directory.resolve(name + ".log"), environment, List.of("-Xmx512m"), "io.loadcast.cli.Loadcast", all);
    }

    private EngineProbe probe() {
        EngineProbe fresh = EngineProbe.map(directory.resolve(name + "-" + starts + ".probe"));
        fresh.setPaceMillis(paceMillis);
        return fresh;
    }

    /** Where its state stores lie. */
    Path stateDirectory() {
        return directory.resolve(name + "-state");
    }

    /** Of the newest start. */
    EngineProbe engine() {
        return probe;
    }

    /** How long a call of the engine takes from now on, over restarts. */
    void setPaceMillis(long millis) {
        paceMillis = millis;
        probe.setPaceMillis(millis);
    }

    /** Whether its output has this text. */
    boolean said(String text) {
        try {
            return Files.readString(directory.resolve(name + ".log")).contains(text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The last line of its output that has this text; empty if none has. */
    Optional<String> saying(String text) {
        try (Stream<String> lines = Files.lines(directory.resolve(name + ".log"))) {
            return lines.filter(line -> line.contains(text)).reduce((earlier, later) -> later);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    ChildJvm process() {
        return process;
    }

    @Override
    public void close() {
        process.close();
    }
}
