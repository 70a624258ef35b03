package io.loadcast.cli;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** The options of commands that run the topology: where its state lies, how many threads it has, and its settings. */
final class ServingOptions {
    @Option(
            names = "--state-dir",
            paramLabel = "DIR",
            description = "Where the state stores lie on disk. Default: Kafka Streams' own, below the temporary files.")
    private @Nullable Path stateDirectory;

    @Option(
            names = "--threads",
            converter = OptionTypes.ToCount.class,
            paramLabel = "N",
            description = "Stream threads. Default: one for each core.")
    private @Nullable Integer threads;

    @Option(
            names = "--config",
            paramLabel = "FILE",
            description = "Settings (loadcast.*, kafka.*) as YAML or properties. Options come before them.")
    private @Nullable Path configuration;

    @Option(
            names = "--set",
            converter = {ToSettingName.class, ToText.class},
            paramLabel = "KEY=VALUE",
            description = "One setting, such as loadcast.default-zone=Europe/Berlin. Repeatable.")
    private Map<String, String> set = new HashMap<>();

    Optional<Path> configuration() {
        return Optional.ofNullable(configuration);
    }

    /** As settings of the application context; none for what is not given. */
    Map<String, Object> settings() {
        Map<String, Object> settings = new HashMap<>(set);
        if (stateDirectory != null) {
            settings.put("kafka.streams.default.state.dir", stateDirectory.toString());
        }
        if (threads != null) {
            settings.put("kafka.streams.default.num.stream.threads", threads);
        }
        return settings;
    }

    /** The name of a setting. What follows the prefix is looked at with its value; a name without one would reach nobody. */
    static final class ToSettingName implements ITypeConverter<String> {
        private static final List<String> PREFIXES = List.of("loadcast.", "kafka.", "micronaut.");

        @Override
        public String convert(String text) {
            if (PREFIXES.stream().noneMatch(text::startsWith)) {
                throw new TypeConversionException("'" + text
                        + "' is no setting; settings begin with loadcast. or kafka., such as loadcast.default-zone");
            }
            return text;
        }
    }

    static final class ToText implements ITypeConverter<String> {
        @Override
        public String convert(String text) {
            return text;
        }
    }
}
