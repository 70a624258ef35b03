package io.loadcast.cli;

import io.loadcast.zoo.Architecture;
import io.loadcast.zoo.Sizes;
import io.loadcast.zoo.Zoo;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The options that choose what is trained, and how large it is. */
@SuppressWarnings("NullAway.Init") // picocli fills what has no initial value
final class ArchitectureOptions {
    @Spec(Spec.Target.MIXEE)
    private CommandSpec command;

    @Option(
            names = "--architecture",
            converter = OptionTypes.ToArchitecture.class,
            paramLabel = "NAME",
            defaultValue = "gru-attention",
            description = "The kind of network, as docs/models.md describes it (default: ${DEFAULT-VALUE}).")
    private Architecture architecture;

    @Option(
            names = "--hidden",
            converter = OptionTypes.ToCount.class,
            paramLabel = "N",
            description =
                    "Numbers in a state, or of a token; not of every architecture (default: the architecture's, 64; 96 of gru-attention, 256 of article-gru and article-lstm).")
    private @Nullable Integer hidden;

    @Option(
            names = "--layers",
            converter = OptionTypes.ToCount.class,
            paramLabel = "N",
            description = "Layers on one another; not of every architecture "
                    + "(default: the architecture's, 1; 2 of transformer, article-gru and article-lstm).")
    private @Nullable Integer layers;

    @Option(
            names = "--dropout",
            converter = OptionTypes.ToShare.class,
            paramLabel = "X",
            description =
                    "Share of the numbers before the output's layers that each step hides; of article-gru and "
                            + "article-lstm, between the layers (default: the architecture's, 0.1; 0.3 of gru-attention, 0.2 of these two).")
    private @Nullable Double dropout;

    /** @throws ParameterException if the architecture has no such size */
    Architecture chosen() {
        return Usage.of(
                command,
                () -> Zoo.named(
                        architecture.name(),
                        new Sizes(
                                hidden == null ? OptionalInt.empty() : OptionalInt.of(hidden),
                                layers == null ? OptionalInt.empty() : OptionalInt.of(layers),
                                dropout == null ? OptionalDouble.empty() : OptionalDouble.of(dropout))));
    }
}
