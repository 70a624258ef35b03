package io.loadcast.cli;

import java.util.Map;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Which cluster, and which topic of models on it. */
@SuppressWarnings("NullAway.Init") // picocli fills what has no initial value
final class ModelsTopicOptions {
    static final String DEFAULT = "loadcast.models.v1";
    static final String HELP = "The models topic. Default: " + DEFAULT + ".";

    @Mixin
    private KafkaOptions kafka;

    @Option(names = "--topic", paramLabel = "NAME", description = HELP)
    private String topic = DEFAULT;

    /** Kafka client properties. */
    Map<String, String> kafka() {
        return kafka.clientProperties();
    }

    String topic() {
        return topic;
    }
}
