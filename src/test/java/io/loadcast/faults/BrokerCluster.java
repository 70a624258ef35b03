package io.loadcast.faults;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.metadata.storage.Formatter;
import org.apache.kafka.server.common.Feature;
import org.apache.kafka.server.common.MetadataVersion;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;

/**
 * Stock Kafka nodes, each broker and controller in one and in a JVM of its own. They keep ports and data over restarts. For one
 * thread; whoever started the cluster closes it.
 */
final class BrokerCluster implements AutoCloseable {
    private static final Duration START = Duration.ofSeconds(120);

    private final Path directory;
    private final Map<String, String> overrides;
    private final List<StallingProxy> proxies;
    private final Map<String, String> environment;
    private final List<Integer> ports;
    private final List<@Nullable ChildJvm> nodes = new ArrayList<>();
    private final int size;

    private BrokerCluster(
            Path directory,
            int size,
            Map<String, String> overrides,
            List<StallingProxy> proxies,
            Map<String, String> environment) {
        this.directory = directory;
        this.size = size;
        this.overrides = overrides;
        this.proxies = proxies;
        this.environment = environment;
        this.ports = freePorts((proxies.isEmpty() ? 2 : 3) * size);
        for (int node = 0; node < size; node++) {
            nodes.add(null);
        }
        for (int node = 0; node < proxies.size(); node++) {
            proxies.get(node).forwardTo(ports.get(2 * size + node));
        }
    }

    /**
     * Starts the nodes and waits until all have joined.
     *
     * @param directory for data and logs, new
     * @param settings that differ from Kafka's defaults, beside those that make a node small
     */
    static BrokerCluster start(Path directory, int size, Map<String, String> settings) {
        return start(new BrokerCluster(directory.toAbsolutePath(), size, settings, List.of(), Map.of()));
    }

    /** As {@link #start(Path, int, Map)}, one node, with variables of the environment beside those of this JVM. */
    static BrokerCluster startOne(Path directory, Map<String, String> settings, Map<String, String> environment) {
        return start(new BrokerCluster(directory.toAbsolutePath(), 1, settings, List.of(), environment));
    }

    /**
     * As {@link #start(Path, int, Map)}, and each node has a proxy through which the application reaches it, and only the
     * application: a listener of its own that is advertised at the proxy's port.
     *
     * @param proxies one for each node; whoever made them closes them
     */
    static BrokerCluster startBehind(List<StallingProxy> proxies, Path directory, Map<String, String> settings) {
        return start(new BrokerCluster(directory.toAbsolutePath(), proxies.size(), settings, proxies, Map.of()));
    }

    private static BrokerCluster start(BrokerCluster cluster) {
        try {
            String id = Uuid.randomUuid().toString();
            for (int node = 0; node < cluster.size; node++) {
                cluster.format(node, id);
                cluster.launch(node);
            }
            cluster.awaitAll();
            return cluster;
        } catch (RuntimeException | Error e) {
            cluster.close();
            throw e;
        }
    }

    int size() {
        return size;
    }

    String bootstrapServers() {
        return IntStream.range(0, size)
                .mapToObj(node -> "127.0.0.1:" + ports.get(node))
                .collect(Collectors.joining(","));
    }

    /** What the application connects to: the proxies, if there are any. */
    String applicationServers() {
        return proxies.isEmpty()
                ? bootstrapServers()
                : proxies.stream().map(proxy -> "127.0.0.1:" + proxy.port()).collect(Collectors.joining(","));
    }

    Admin admin() {
        return Admin.create(Map.of("bootstrap.servers", bootstrapServers()));
    }

    /** {@code kill -9} of one node. */
    void kill(int node) {
        node(node).kill();
    }

    /** {@code kill -9} of all nodes at once. */
    void killAll() {
        nodes.parallelStream().forEach(node -> {
            if (node != null) {
                node.kill();
            }
        });
    }

    boolean isAlive(int node) {
        return node(node).isAlive();
    }

    /** The good end of one node. */
    void terminate(int node) {
        node(node).terminate();
    }

    /** Starts a node that was ended, on its ports and data; returns before it is ready. */
    void launch(int node) {
        ChildJvm ended = nodes.get(node);
        if (ended != null) {
            ended.close();
        }
        nodes.set(
                node,
                ChildJvm.start(
                        directory.resolve("node" + node + ".log"),
                        environment,
                        List.of("-Xmx384m"),
                        "kafka.Kafka",
                        List.of(directory.resolve("node" + node + ".properties").toString())));
    }

    /** Waits until every node is a registered, unfenced broker. */
    void awaitAll() {
        try (Admin admin = admin()) {
            Awaitility.await()
                    .atMost(START)
                    .ignoreExceptions()
                    .until(() -> admin.describeCluster().nodes().get().size() == size);
        }
    }

    private ChildJvm node(int node) {
        ChildJvm process = nodes.get(node);
        if (process == null) {
            throw new IllegalStateException("node " + node + " was never started");
        }
        return process;
    }

    private void format(int node, String clusterId) {
        Path data = directory.resolve("node" + node);
        Properties properties = new Properties();
        properties.putAll(settings(node, data));
        try {
            Files.createDirectories(data);
            try (OutputStream out = Files.newOutputStream(directory.resolve("node" + node + ".properties"))) {
                properties.store(out, null);
            }
            new Formatter()
                    .setPrintStream(new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8))
                    .setClusterId(clusterId)
                    .setNodeId(node)
                    .setControllerListenerName("CONTROLLER")
                    .setDirectories(List.of(data.toString()))
                    .setMetadataLogDirectory(data.toString())
                    .setSupportedFeatures(Feature.PRODUCTION_FEATURES)
                    .setReleaseVersion(MetadataVersion.latestProduction())
                    .run();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (Exception e) {
            throw new IllegalStateException("node " + node + " cannot be formatted", e);
        }
    }

    private Map<String, String> settings(int node, Path data) {
        Map<String, String> settings = new LinkedHashMap<>();
        String clients = "PLAINTEXT://127.0.0.1:" + ports.get(node);
        String replicas = String.valueOf(size);
        String inSync = size < 3 ? "1" : "2";
        settings.put("process.roles", "broker,controller");
        settings.put("node.id", String.valueOf(node));
        settings.put(
                "controller.quorum.voters",
                IntStream.range(0, size)
                        .mapToObj(voter -> voter + "@127.0.0.1:" + ports.get(size + voter))
                        .collect(Collectors.joining(",")));
        String proxied = proxies.isEmpty() ? "" : ",PROXIED://127.0.0.1:";
        String behindProxy = proxies.isEmpty() ? "" : proxied + ports.get(2 * size + node);
        String atProxy = proxies.isEmpty() ? "" : proxied + proxies.get(node).port();
        settings.put("listeners", clients + ",CONTROLLER://127.0.0.1:" + ports.get(size + node) + behindProxy);
        settings.put("advertised.listeners", clients + atProxy);
        settings.put("listener.security.protocol.map", "PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT,PROXIED:PLAINTEXT");
        settings.put("controller.listener.names", "CONTROLLER");
        settings.put("inter.broker.listener.name", "PLAINTEXT");
        settings.put("log.dirs", data.toString());
        settings.put("default.replication.factor", replicas);
        settings.put("min.insync.replicas", inSync);
        settings.put("offsets.topic.replication.factor", replicas);
        settings.put("transaction.state.log.replication.factor", replicas);
        settings.put("transaction.state.log.min.isr", inSync);
        settings.put("share.coordinator.state.topic.replication.factor", replicas);
        settings.put("share.coordinator.state.topic.min.isr", inSync);
        settings.put("auto.create.topics.enable", "false");
        settings.put("log.retention.ms", "-1"); // record times are valid times: old, and no reason to delete
        settings.put("offsets.topic.num.partitions", "4");
        settings.put("transaction.state.log.num.partitions", "4");
        settings.put("log.cleaner.dedupe.buffer.size", "8388608"); // default: 128 MB of heap
        settings.put("log.index.size.max.bytes", "1048576");
        settings.putAll(overrides);
        return settings;
    }

    /** Distinct ports that were free a moment ago; all are held while they are picked. */
    private static List<Integer> freePorts(int count) {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            List<Integer> ports = count == 1 ? new ArrayList<>() : freePorts(count - 1);
            ports.add(socket.getLocalPort());
            return ports;
        } catch (IOException e) {
            throw new UncheckedIOException("no free port on 127.0.0.1", e);
        }
    }

    @Override
    public void close() {
        for (ChildJvm node : nodes) {
            if (node != null) {
                node.close();
            }
        }
    }
}
