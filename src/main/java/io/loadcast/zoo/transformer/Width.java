package io.loadcast.zoo.transformer;

import static io.loadcast.zoo.logratio.LogRatioArchitecture.LOOKBACK;

/**
 * How wide a {@link Transformer} is.
 *
 * @param numbers of an hour, a multiple of {@value Transformer#HEADS}
 */
record Width(int numbers) {

    /** @throws IllegalArgumentException if the heads cannot share them evenly */
    Width {
        if (numbers % Transformer.HEADS != 0) {
            throw new IllegalArgumentException(
                    "hidden " + numbers + " of architecture 'transformer' is no multiple of its " + Transformer.HEADS
                            + " heads; give one, such as 64");
        }
    }

    /** Numbers that one head sees. */
    int perHead() {
        return numbers / Transformer.HEADS;
    }

    /** Units between the two dense layers of an encoder layer. */
    int feedForward() {
        return 2 * numbers;
    }

    /** What a product of query and key is multiplied with. */
    float scoreScale() {
        return (float) (1 / Math.sqrt(perHead()));
    }

    /** The positions p, [lookback, numbers]. */
    float[] positions() {
        float[] positions = new float[LOOKBACK * numbers];
        for (int i = 0; i < positions.length; i++) {
            int hour = i / numbers;
            int column = i % numbers;
            double angle = hour / Math.pow(10_000, (double) (column - column % 2) / numbers);
            positions[i] = (float) (column % 2 == 0 ? Math.sin(angle) : Math.cos(angle));
        }
        return positions;
    }
}
