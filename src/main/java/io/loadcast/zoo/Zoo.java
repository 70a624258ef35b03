package io.loadcast.zoo;

import io.loadcast.zoo.articlegru.ArticleGru;
import io.loadcast.zoo.articlelstm.ArticleLstm;
import io.loadcast.zoo.gru.Gru;
import io.loadcast.zoo.gruattention.GruAttention;
import io.loadcast.zoo.linear.LinearOnly;
import io.loadcast.zoo.lstm.Lstm;
import io.loadcast.zoo.seq2seq.Seq2seq;
import io.loadcast.zoo.seq2seqattention.Seq2seqAttention;
import io.loadcast.zoo.sru.Sru;
import io.loadcast.zoo.transformer.Transformer;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** The registry of architectures. A new one is a package of its own and an entry here. */
public final class Zoo {
    private static final List<Function<Sizes, Architecture>> BY_SIZES = List.of(
            GruAttention::new,
            Gru::new,
            Lstm::new,
            Sru::new,
            Transformer::new,
            Seq2seq::new,
            Seq2seqAttention::new,
            LinearOnly::new,
            ArticleGru::new,
            ArticleLstm::new);

    /** All of them, in their usual sizes. */
    public static final List<Architecture> ARCHITECTURES =
            BY_SIZES.stream().map(made -> made.apply(Sizes.NONE)).toList();

    private Zoo() {}

    /**
     * The architecture of that name in its usual size.
     *
     * @throws IllegalArgumentException if no architecture has this name
     */
    public static Architecture named(String name) {
        return ARCHITECTURES.get(indexOf(name));
    }

    /**
     * The architecture of that name.
     *
     * @param chosen its sizes; what is empty is as usual
     * @throws IllegalArgumentException if no architecture has this name, or this one has no such size
     */
    public static Architecture named(String name, Sizes chosen) {
        return BY_SIZES.get(indexOf(name)).apply(chosen);
    }

    private static int indexOf(String name) {
        return IntStream.range(0, ARCHITECTURES.size())
                .filter(i -> ARCHITECTURES.get(i).name().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("architecture '" + name + "' is unknown; known are "
                        + ARCHITECTURES.stream().map(Architecture::name).collect(Collectors.joining(", "))));
    }
}
