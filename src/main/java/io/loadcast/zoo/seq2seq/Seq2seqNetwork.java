package io.loadcast.zoo.seq2seq;

import static io.loadcast.zoo.logratio.LogRatioArchitecture.ANCHORS;
import static io.loadcast.zoo.logratio.LogRatioArchitecture.FIRST_ANCHOR;
import static io.loadcast.zoo.logratio.LogRatioArchitecture.HORIZON;
import static io.loadcast.zoo.logratio.LogRatioArchitecture.LOOKBACK;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.recurrent.RecurrentBlock;
import ai.djl.training.ParameterStore;
import io.loadcast.zoo.Sizes;
import io.loadcast.zoo.logratio.HourDecoder;
import io.loadcast.zoo.logratio.LogRatioNetwork;
import io.loadcast.zoo.logratio.RecurrentCell;
import io.loadcast.zoo.logratio.StepFeatures;

/** The trainable half of {@link Seq2seq}; formulas there. What decodes on the same states may extend it. */
public class Seq2seqNetwork extends LogRatioNetwork {
    private final Size size;
    private final RecurrentBlock encoder;
    private final HourDecoder decoder;

    Seq2seqNetwork(Size size, Sizes sizes) {
        this(size, size.decodedWidth(), sizes);
    }

    /** @param width numbers that {@link #joined} makes */
    protected Seq2seqNetwork(Size size, int width, Sizes sizes) {
        super(width, sizes);
        this.size = size;
        encoder = addChildBlock("encoder", RecurrentCell.GRU.block(size.encoded(), size.layers()));
        decoder = addChildBlock("decoder", new HourDecoder(size.encoded(), size.decoded()));
    }

    @Override
    protected void initializeOwnBlocks(NDManager manager, DataType type) {
        encoder.initialize(manager, type, new Shape(1, LOOKBACK, StepFeatures.COUNT));
        decoder.initialize(
                manager,
                type,
                new Shape(1, ANCHORS, size.encoded()),
                new Shape(1, LOOKBACK + HORIZON - 1, StepFeatures.CALENDAR));
    }

    @Override
    protected final NDArray atAnchors(ParameterStore store, NDArray features, NDArray calendar, boolean training) {
        NDArray states = run(encoder, store, features, training);
        NDArray anchored = states.get(":, " + FIRST_ANCHOR + ":, :");
        NDArray decoded =
                decoder.forward(store, new NDList(anchored, calendar), training).head();
        return joined(store, decoded, states, training);
    }

    /**
     * One vector of the decoded hours.
     *
     * @param decoded [B, anchors, horizon, decoded]
     * @param states of the encoder, [B, lookback, encoded]
     * @return [B, anchors, width]
     */
    protected NDArray joined(ParameterStore store, NDArray decoded, NDArray states, boolean training) {
        return decoded.reshape(-1, ANCHORS, size.decodedWidth());
    }
}
