package io.loadcast.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.loadcast.streaming.TopicAdministration;
import io.loadcast.streaming.TopicShape;
import io.loadcast.streaming.Topics;
import java.io.PrintWriter;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code loadcast topics}: creates the topics, or says how they stand. */
@Command(
        name = "topics",
        description = "Create loadcast's topics, or say how they stand.",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "(create | describe)")
final class TopicsCommand {
    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Command(
            name = "create",
            description = "Create the topics that do not exist; leave the others as they are.",
            mixinStandardHelpOptions = true)
    int create(
            @Mixin KafkaOptions kafka,
            @Option(
                            names = "--partitions",
                            converter = OptionTypes.ToCount.class,
                            paramLabel = "N",
                            defaultValue = "6",
                            description =
                                    "Partitions of each topic: the most tasks that can share the work. Default: 6.")
                    int partitions,
            @Option(
                            names = "--replication-factor",
                            converter = OptionTypes.ToReplicationFactor.class,
                            paramLabel = "N",
                            description = "Copies of each partition. Default: the broker's default.")
                    @Nullable
                    Short replicationFactor,
            @Option(names = "--json", description = "Print one JSON document.") boolean json) {
        try (TopicAdministration administration = TopicAdministration.connect(kafka.clientProperties())) {
            List<String> created =
                    administration.createMissing(Topics.DEFAULT, partitions, Optional.ofNullable(replicationFactor));
            print(administration.describe(Topics.DEFAULT), created, json);
        }
        return 0;
    }

    @Command(
            name = "describe",
            description = "Say which of the topics exist and how. Exit code 1 if one is missing.",
            mixinStandardHelpOptions = true)
    int describe(
            @Mixin KafkaOptions kafka,
            @Option(names = "--json", description = "Print one JSON document.") boolean json) {
        try (TopicAdministration administration = TopicAdministration.connect(kafka.clientProperties())) {
            Map<String, Optional<TopicShape>> shapes = administration.describe(Topics.DEFAULT);
            print(shapes, List.of(), json);
            return shapes.values().stream().allMatch(Optional::isPresent) ? 0 : 1;
        }
    }

    private void print(Map<String, Optional<TopicShape>> shapes, List<String> created, boolean json) {
        PrintWriter out = spec.commandLine().getOut();
        if (json) {
            out.println(asJson(shapes, created));
        } else {
            shapes.forEach((name, shape) -> out.printf(
                    "%-28s %s%s%n",
                    name,
                    shape.map(s -> s.partitions() + " partitions, replication " + s.replicationFactor())
                            .orElse("missing; 'loadcast topics create' creates it"),
                    created.contains(name) ? " (created)" : ""));
        }
        out.flush();
    }

    private static ObjectNode asJson(Map<String, Optional<TopicShape>> shapes, List<String> created) {
        ObjectNode document = new ObjectMapper().createObjectNode();
        var topics = document.putArray("topics");
        shapes.forEach((name, shape) -> {
            ObjectNode topic = topics.addObject()
                    .put("name", name)
                    .put("exists", shape.isPresent())
                    .put("created", created.contains(name));
            shape.ifPresent(
                    s -> topic.put("partitions", s.partitions()).put("replication_factor", s.replicationFactor()));
        });
        return document;
    }
}
