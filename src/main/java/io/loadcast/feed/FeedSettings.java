package io.loadcast.feed;

import java.util.HashMap;
import java.util.Map;

/** Kafka client properties of a feed: the user's, over defaults that favour throughput without giving up order or safety. */
record FeedSettings(Map<String, String> given) {
    private static final Map<String, Object> PRODUCER_DEFAULTS = Map.of(
            "client.id", "loadcast-feed",
            "acks", "all",
            "enable.idempotence", "true",
            "linger.ms", "5",
            "batch.size", "65536",
            "compression.type", "lz4");

    Map<String, Object> producer() {
        Map<String, Object> settings = new HashMap<>(PRODUCER_DEFAULTS);
        settings.putAll(given);
        return settings;
    }

    Map<String, Object> admin() {
        return new HashMap<>(given);
    }

    String bootstrapServers() {
        return given.getOrDefault("bootstrap.servers", "");
    }
}
