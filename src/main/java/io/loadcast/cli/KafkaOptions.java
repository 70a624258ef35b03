package io.loadcast.cli;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import picocli.CommandLine.Option;

/** Which Kafka cluster, and how to talk to it. */
final class KafkaOptions {
    @Option(
            names = {"-b", "--bootstrap-servers"},
            paramLabel = "HOST:PORT",
            required = true,
            description = "Kafka brokers to connect to, separated by commas.")
    @SuppressWarnings("NullAway.Init")
    private String bootstrapServers;

    @Option(
            names = {"-K", "--kafka"},
            paramLabel = "KEY=VALUE",
            description = "A property of all Kafka clients, such as security.protocol=SSL. Repeatable.")
    private Map<String, String> properties = new LinkedHashMap<>();

    String bootstrapServers() {
        return bootstrapServers;
    }

    /** As Kafka clients take them. */
    Map<String, String> clientProperties() {
        Map<String, String> all = new HashMap<>(properties);
        all.put("bootstrap.servers", bootstrapServers);
        return all;
    }

    /** As settings of the application context, below {@code kafka.}. */
    Map<String, Object> settings() {
        Map<String, Object> settings = new HashMap<>();
        clientProperties().forEach((key, value) -> settings.put("kafka." + key, value));
        return settings;
    }
}
