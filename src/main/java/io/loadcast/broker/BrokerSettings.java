package io.loadcast.broker;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/** The settings of a single node that is small, quick to start, and strict about topics. */
record BrokerSettings(Path directory, int port, int controllerPort) {
    static final int NODE_ID = 1;
    static final String CONTROLLER = "CONTROLLER";

    private static final String CLIENTS = "PLAINTEXT";

    Map<String, String> asMap() {
        Map<String, String> settings = new LinkedHashMap<>();
        addIdentity(settings);
        addSingleReplica(settings);
        addSmallFootprint(settings);
        settings.put("auto.create.topics.enable", "false"); // a misspelt topic is an error, not a new topic
        settings.put("log.retention.ms", "-1"); // record times are valid times: old, and no reason to delete
        settings.put("group.initial.rebalance.delay.ms", "0");
        settings.put("transaction.abort.timed.out.transaction.cleanup.interval.ms", "1000");
        return settings;
    }

    private void addIdentity(Map<String, String> settings) {
        String clients = CLIENTS + "://127.0.0.1:" + port;
        settings.put("process.roles", "broker,controller");
        settings.put("node.id", String.valueOf(NODE_ID));
        settings.put("controller.quorum.voters", NODE_ID + "@127.0.0.1:" + controllerPort);
        settings.put("listeners", clients + "," + CONTROLLER + "://127.0.0.1:" + controllerPort);
        settings.put("advertised.listeners", clients);
        settings.put("listener.security.protocol.map", CLIENTS + ":PLAINTEXT," + CONTROLLER + ":PLAINTEXT");
        settings.put("controller.listener.names", CONTROLLER);
        settings.put("inter.broker.listener.name", CLIENTS);
        settings.put("log.dirs", directory.toString());
    }

    private static void addSingleReplica(Map<String, String> settings) {
        settings.put("default.replication.factor", "1");
        settings.put("min.insync.replicas", "1");
        settings.put("offsets.topic.replication.factor", "1");
        settings.put("transaction.state.log.replication.factor", "1");
        settings.put("transaction.state.log.min.isr", "1");
        settings.put("share.coordinator.state.topic.replication.factor", "1");
        settings.put("share.coordinator.state.topic.min.isr", "1");
    }

    private static void addSmallFootprint(Map<String, String> settings) {
        settings.put("log.cleaner.dedupe.buffer.size", "8388608"); // default: 128 MB of heap
        settings.put("log.segment.bytes", "16777216");
        settings.put("log.index.size.max.bytes", "1048576");
        settings.put("offsets.topic.num.partitions", "4");
        settings.put("offsets.topic.segment.bytes", "16777216");
        settings.put("transaction.state.log.num.partitions", "4");
        settings.put("transaction.state.log.segment.bytes", "16777216");
        settings.put("num.network.threads", "2");
        settings.put("num.io.threads", "2");
    }
}
