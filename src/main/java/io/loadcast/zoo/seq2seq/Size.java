package io.loadcast.zoo.seq2seq;

import static io.loadcast.zoo.logratio.LogRatioArchitecture.HORIZON;

/**
 * How large an encoder and its decoder are.
 *
 * @param encoded numbers in a state of the encoder
 * @param layers of the encoder
 */
public record Size(int encoded, int layers) {

    /** Numbers in a state of the decoder: half of the encoder's. */
    public int decoded() {
        return (encoded + 1) / 2;
    }

    /** All decoded hours of an anchor. */
    int decodedWidth() {
        return HORIZON * decoded();
    }
}
