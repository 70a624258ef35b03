package io.loadcast.zoo.seq2seqattention;

import static io.loadcast.zoo.logratio.LogRatioArchitecture.HORIZON;

import io.loadcast.zoo.seq2seq.Size;

/**
 * How large attention is.
 *
 * @param coder the encoder and decoder, which decide on it
 */
record AttentionSize(Size coder) {

    /** Numbers that stand for a decoded hour and what it attends to: a quarter of the encoder's state. */
    int joint() {
        return (coder.encoded() + 3) / 4;
    }

    /** All hours of an anchor. */
    int jointWidth() {
        return HORIZON * joint();
    }

    /** What a product of query and encoder state is multiplied with. */
    float scoreScale() {
        return (float) (1 / Math.sqrt(coder.encoded()));
    }
}
