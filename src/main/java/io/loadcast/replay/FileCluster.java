package io.loadcast.replay;

import io.loadcast.broker.EmbeddedBroker;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Map;
import java.util.stream.Stream;

/** A broker in this process and a directory for state, for replays of files; both are gone when it is closed. */
public final class FileCluster implements AutoCloseable {
    private final EmbeddedBroker broker;
    private final Path stateDirectory;

    private FileCluster(EmbeddedBroker broker, Path stateDirectory) {
        this.broker = broker;
        this.stateDirectory = stateDirectory;
    }

    /** @throws IllegalStateException if the broker cannot start */
    public static FileCluster open() {
        EmbeddedBroker broker = EmbeddedBroker.startTemporary();
        try {
            return new FileCluster(broker, Files.createTempDirectory("loadcast-replay-"));
        } catch (IOException e) {
            broker.close();
            throw new UncheckedIOException("cannot make a directory for the replay's state", e);
        }
    }

    /** Kafka client properties. */
    public Map<String, String> kafka() {
        return Map.of("bootstrap.servers", broker.bootstrapServers());
    }

    public Path stateDirectory() {
        return stateDirectory;
    }

    @Override
    public void close() {
        broker.close();
        try (Stream<Path> files = Files.walk(stateDirectory)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot delete " + stateDirectory + "; delete it by hand", e);
        }
    }
}
