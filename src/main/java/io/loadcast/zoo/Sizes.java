package io.loadcast.zoo;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.stream.Collectors;

/**
 * What may be chosen of a network's size. Of a choice, what is empty is left to the architecture; of an architecture's sizes, what
 * is empty it does not have. Immutable.
 *
 * @param hidden numbers in a state, or of a token; 1 or more
 * @param layers stacked on one another, 1 or more
 * @param dropout share of the numbers before the output's layers that training hides, from 0 to below 1
 */
public record Sizes(OptionalInt hidden, OptionalInt layers, OptionalDouble dropout) {

    /** Nothing chosen. */
    public static final Sizes NONE = new Sizes(OptionalInt.empty(), OptionalInt.empty(), OptionalDouble.empty());

    /** @throws IllegalArgumentException if a size is not in its range */
    public Sizes {
        requirePositive("hidden", hidden);
        requirePositive("layers", layers);
        dropout.ifPresent(share -> {
            if (!(share >= 0 && share < 1)) {
                throw new IllegalArgumentException(
                        "dropout " + share + " is no share; give a number from 0 to below 1");
            }
        });
    }

    /** All three. */
    public static Sizes of(int hidden, int layers, double dropout) {
        return new Sizes(OptionalInt.of(hidden), OptionalInt.of(layers), OptionalDouble.of(dropout));
    }

    /** Of something with one layer. */
    public static Sizes of(int hidden, double dropout) {
        return new Sizes(OptionalInt.of(hidden), OptionalInt.empty(), OptionalDouble.of(dropout));
    }

    /**
     * These sizes of an architecture, with what is chosen in their place.
     *
     * @throws IllegalArgumentException if a size is chosen that is not among these
     */
    public Sizes with(Sizes chosen, String architecture) {
        requireHas(hidden.isPresent(), chosen.hidden.isPresent(), "hidden", "size of a state", architecture);
        requireHas(layers.isPresent(), chosen.layers.isPresent(), "layers", "number of layers", architecture);
        requireHas(dropout.isPresent(), chosen.dropout.isPresent(), "dropout", "dropout", architecture);
        return new Sizes(
                chosen.hidden.isPresent() ? chosen.hidden : hidden,
                chosen.layers.isPresent() ? chosen.layers : layers,
                chosen.dropout.isPresent() ? chosen.dropout : dropout);
    }

    /** Those that are there, by name. */
    public Map<String, String> named() {
        Map<String, String> named = new LinkedHashMap<>();
        hidden.ifPresent(units -> named.put("hidden", Integer.toString(units)));
        layers.ifPresent(count -> named.put("layers", Integer.toString(count)));
        dropout.ifPresent(share -> named.put("dropout", Double.toString(share)));
        return named;
    }

    /** For people, for example {@code hidden 64, layers 1, dropout 0.1}. */
    @Override
    public String toString() {
        return named().entrySet().stream()
                .map(entry -> entry.getKey() + " " + entry.getValue())
                .collect(Collectors.joining(", "));
    }

    private static void requirePositive(String name, OptionalInt size) {
        size.ifPresent(value -> {
            if (value < 1) {
                throw new IllegalArgumentException(name + " " + value + " is no count; give 1 or more");
            }
        });
    }

    private static void requireHas(boolean has, boolean chosen, String name, String meaning, String architecture) {
        if (chosen && !has) {
            throw new IllegalArgumentException("architecture '" + architecture + "' has no " + meaning
                    + " to choose; leave --" + name + " out, or take another architecture");
        }
    }
}
