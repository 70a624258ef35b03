package io.loadcast.zoo.seq2seq;

import static io.loadcast.zoo.logratio.LogRatioArchitecture.HORIZON;

/**
 * How large the networks of this package are; the encoder's state decides on the rest.
 *
 * @param encoded numbers in a state of the encoder
 * @param layers of the encoder
 */
record Size(int encoded, int layers) {

    /** Numbers in a state of the decoder: half of the encoder's. */
    int decoded() {
        return (encoded + 1) / 2;
    }

    /** Numbers that stand for a decoded hour and what it attends to: a quarter. */
    int joint() {
        return (encoded + 3) / 4;
    }

    /** All decoded hours of an anchor. */
    int decodedWidth() {
        return HORIZON * decoded();
    }

    /** The same after attention. */
    int jointWidth() {
        return HORIZON * joint();
    }

    /** What a product of query and encoder state is multiplied with. */
    float scoreScale() {
        return (float) (1 / Math.sqrt(encoded));
    }
}
