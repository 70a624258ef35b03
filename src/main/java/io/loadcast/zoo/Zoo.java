package io.loadcast.zoo;

import io.loadcast.zoo.gru.Gru;
import io.loadcast.zoo.gruattention.GruAttention;
import io.loadcast.zoo.lstm.Lstm;
import io.loadcast.zoo.seq2seq.Seq2seq;
import io.loadcast.zoo.seq2seqattention.Seq2seqAttention;
import io.loadcast.zoo.sru.Sru;
import io.loadcast.zoo.transformer.Transformer;
import java.util.List;
import java.util.stream.Collectors;

/** The registry of architectures. A new one is a package of its own and an entry here. */
public final class Zoo {
    public static final List<Architecture> ARCHITECTURES = List.of(
            GruAttention.standard(),
            new Gru(),
            new Lstm(),
            new Sru(),
            new Transformer(),
            new Seq2seq(),
            new Seq2seqAttention());

    private Zoo() {}

    /**
     * The architecture of that name.
     *
     * @throws IllegalArgumentException if no architecture has this name
     */
    public static Architecture named(String name) {
        return ARCHITECTURES.stream()
                .filter(architecture -> architecture.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("architecture '" + name + "' is unknown; known are "
                        + ARCHITECTURES.stream().map(Architecture::name).collect(Collectors.joining(", "))));
    }
}
