package io.loadcast.cli;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;
import picocli.CommandLine;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Model.OptionSpec;

/** Options of {@code train} under one name, which hold where they are not given by hand. */
enum Preset {
    /** The article's training of its GRU. */
    ARTICLE_GRU("article-gru", article("article-gru")),
    /** The article's training of its LSTM. */
    ARTICLE_LSTM("article-lstm", article("article-lstm"));

    private final String key;
    private final Map<String, String> options;

    Preset(String key, Map<String, String> options) {
        this.key = key;
        this.options = options;
    }

    /** Sizes are those of the architecture: 2 layers of 256, dropout 0.2. */
    private static Map<String, String> article(String architecture) {
        Map<String, String> options = new LinkedHashMap<>();
        options.put("--architecture", architecture);
        options.put("--epochs", "5");
        options.put("--batch", "1024");
        options.put("--learning-rate", "0.001");
        options.put("--schedule", "constant");
        options.put("--weight-decay", "0");
        options.put("--clip", "0");
        options.put("--average", "0");
        options.put("--loss", "mse");
        options.put("--next-hour-weight", "1");
        return options;
    }

    /** @throws IllegalArgumentException if no preset has this key */
    static Preset ofKey(String key) {
        return Arrays.stream(values())
                .filter(preset -> preset.key.equals(key))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("preset '" + key + "' is unknown; known are "
                        + Arrays.stream(values()).map(preset -> preset.key).collect(Collectors.joining(", "))));
    }

    /** What it stands for, by option, as it would be typed. */
    Map<String, String> options() {
        return options;
    }

    /** Sets its options, but for those that the command line has. */
    void applyTo(CommandLine command) {
        options.forEach((name, text) -> {
            if (!command.getParseResult().hasMatchedOption(name)) {
                OptionSpec option = command.getCommandSpec().findOption(name);
                option.setValue(converted(option, text));
            }
        });
    }

    private static Object converted(OptionSpec option, String text) {
        ITypeConverter<?> converter = option.converters()[0];
        try {
            return converter.convert(text);
        } catch (Exception e) {
            throw new AssertionError("a preset's own value: " + text, e);
        }
    }
}
