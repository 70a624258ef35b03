package io.loadcast.domain;

/**
 * The smallest and the largest of some numbers.
 *
 * @param min not above the largest
 * @param max not below the smallest
 */
public record Extremes(double min, double max) {

    /** @throws IllegalArgumentException if they are not finite or the wrong way round */
    public Extremes {
        if (!Double.isFinite(min) || !Double.isFinite(max) || min > max) {
            throw new IllegalArgumentException("extremes " + min + " and " + max + " are not finite and ascending");
        }
    }

    /** How far they lie apart; 1 if they are the same, so that it always divides. */
    public double width() {
        return min == max ? 1 : max - min;
    }
}
