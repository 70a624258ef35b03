package io.loadcast.cli;

import io.loadcast.streaming.Topics;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The options of commands that may replay a topic: which one, which part of it, and how. */
@SuppressWarnings("NullAway.Init") // picocli fills what has no initial value
final class ReplayedTopicOptions {
    @Option(
            names = {"-b", "--bootstrap-servers"},
            paramLabel = "HOST:PORT",
            description = "Kafka brokers to connect to, separated by commas. With --csv, replay has a broker of its own"
                    + " by default, and compare needs none.")
    private @Nullable String bootstrapServers;

    @Option(
            names = {"-K", "--kafka"},
            paramLabel = "KEY=VALUE",
            description = "A property of all Kafka clients, such as security.protocol=SSL. Repeatable.")
    private Map<String, String> properties = new LinkedHashMap<>();

    @Option(
            names = "--topic",
            paramLabel = "NAME",
            description =
                    "Topic of the readings. Default: as loadcast.topics.readings says, else loadcast.readings.v1.")
    private @Nullable String topic;

    @Mixin
    private PeriodOptions period;

    @Option(names = "--restart", description = "Forget what an earlier replay of this name has done, and begin anew.")
    private boolean restart;

    @Mixin
    private ServingOptions serving;

    /** Kafka client properties; empty if no brokers are named. */
    Optional<Map<String, String>> kafka() {
        return Optional.ofNullable(bootstrapServers).map(servers -> {
            Map<String, String> kafka = new HashMap<>(properties);
            kafka.put("bootstrap.servers", servers);
            return kafka;
        });
    }

    /** @param live by its settings */
    String topic(Topics live) {
        return topic == null ? live.readings() : topic;
    }

    PeriodOptions period() {
        return period;
    }

    boolean restart() {
        return restart;
    }

    ServingOptions serving() {
        return serving;
    }
}
