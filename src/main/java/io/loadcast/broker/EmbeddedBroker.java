package io.loadcast.broker;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.metadata.storage.Formatter;
import org.apache.kafka.server.common.Feature;
import org.apache.kafka.server.common.MetadataVersion;
import org.jspecify.annotations.Nullable;

/**
 * A Kafka node inside this process, broker and controller in one, that listens on 127.0.0.1 only, without encryption or
 * authentication.
 *
 * <p>It keeps its ports and its data from {@link #stop} to {@link #start}, so that clients can be shown an outage. Starting takes
 * one to five seconds. Thread-safe. Whoever created it closes it.
 */
public final class EmbeddedBroker implements AutoCloseable {
    private final Path directory;
    private final boolean temporary;
    private final int port;
    private final int controllerPort;
    private @Nullable KafkaRaftServer server;

    private EmbeddedBroker(Path directory, boolean temporary, int port) {
        this.directory = directory;
        this.temporary = temporary;
        List<Integer> free = freePorts(2);
        this.port = port == 0 ? free.get(0) : port;
        this.controllerPort = free.get(1);
    }

    /**
     * Starts a broker on a free port whose data goes when it is closed.
     *
     * @throws IllegalStateException if it cannot start
     */
    public static EmbeddedBroker startTemporary() {
        try {
            return started(new EmbeddedBroker(Files.createTempDirectory("loadcast-broker-"), true, 0));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Starts a broker on the data of a directory, which is created if need be and stays when the broker is closed.
     *
     * @param port where clients connect; 0 picks a free one
     * @throws IllegalStateException if it cannot start, for example because the port is taken
     */
    public static EmbeddedBroker start(Path directory, int port) {
        return started(new EmbeddedBroker(directory.toAbsolutePath(), false, port));
    }

    private static EmbeddedBroker started(EmbeddedBroker broker) {
        try {
            broker.start();
            return broker;
        } catch (RuntimeException e) {
            broker.close();
            throw e;
        }
    }

    /** What clients take as {@code bootstrap.servers}. */
    public String bootstrapServers() {
        return "127.0.0.1:" + port;
    }

    /** Where the node keeps its data. */
    public Path directory() {
        return directory;
    }

    /**
     * Starts the node again after {@link #stop}, on the same ports and data; does nothing while it runs.
     *
     * @throws IllegalStateException if it cannot start
     */
    public synchronized void start() {
        if (server != null) {
            return;
        }
        BrokerSettings settings = new BrokerSettings(directory, port, controllerPort);
        try {
            requireFree(port); // or Kafka says so in three hundred lines of log
            formatIfNew(settings);
            server = new KafkaRaftServer(new KafkaConfig(settings.asMap(), false), Time.SYSTEM);
            server.startup();
        } catch (Exception e) {
            stop();
            throw new IllegalStateException(
                    "the broker cannot start on " + bootstrapServers() + " with the data of " + directory + ": "
                            + rootMessage(e) + "; choose another port or directory",
                    e);
        }
    }

    /** Shuts the node down in good order and keeps its data; does nothing while it is down. */
    public synchronized void stop() {
        if (server != null) {
            server.shutdown();
            server.awaitShutdown();
            server = null;
        }
    }

    /** Stops the node, and deletes its data if they are temporary. */
    @Override
    public void close() {
        stop();
        if (temporary) {
            delete(directory);
        }
    }

    private static void formatIfNew(BrokerSettings settings) throws Exception {
        Path directory = settings.directory();
        if (Files.exists(directory.resolve("meta.properties"))) {
            return;
        }
        Files.createDirectories(directory);
        new Formatter()
                .setPrintStream(new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8))
                .setClusterId(Uuid.randomUuid().toString())
                .setNodeId(BrokerSettings.NODE_ID)
                .setControllerListenerName(BrokerSettings.CONTROLLER)
                .setDirectories(List.of(directory.toString()))
                .setMetadataLogDirectory(directory.toString())
                .setSupportedFeatures(Feature.PRODUCTION_FEATURES)
                .setReleaseVersion(MetadataVersion.latestProduction())
                .run();
    }

    /** Distinct ports that were free a moment ago; all are held while they are picked. */
    private static List<Integer> freePorts(int count) {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            int port = socket.getLocalPort();
            return count == 1
                    ? List.of(port)
                    : Stream.concat(Stream.of(port), freePorts(count - 1).stream())
                            .toList();
        } catch (IOException e) {
            throw new UncheckedIOException("no free port on 127.0.0.1", e);
        }
    }

    private static void requireFree(int port) throws IOException {
        new ServerSocket(port, 1, InetAddress.getLoopbackAddress()).close();
    }

    private static String rootMessage(Throwable e) {
        Throwable root = e;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return String.valueOf(root.getMessage());
    }

    private static void delete(Path directory) {
        try (Stream<Path> tree = Files.walk(directory)) {
            for (Path path : tree.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(path);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
