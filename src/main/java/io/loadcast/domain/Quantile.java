package io.loadcast.domain;

/**
 * A probability level of a forecast distribution: with this probability the load lies at or below the value.
 *
 * @param probability in (0, 1)
 */
public record Quantile(double probability) implements Comparable<Quantile> {
    public static final Quantile P10 = new Quantile(0.1);
    public static final Quantile P50 = new Quantile(0.5);
    public static final Quantile P90 = new Quantile(0.9);

    /** @throws IllegalArgumentException if the probability is not inside (0, 1) */
    public Quantile {
        if (!(probability > 0 && probability < 1)) {
            throw new IllegalArgumentException("quantile " + probability + " is not inside (0, 1)");
        }
    }

    @Override
    public int compareTo(Quantile other) {
        return Double.compare(probability, other.probability);
    }
}
