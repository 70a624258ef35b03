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
import ai.djl.nn.recurrent.GRU;
import ai.djl.nn.recurrent.RecurrentBlock;
import ai.djl.training.ParameterStore;
import io.loadcast.zoo.logratio.HourDecoder;
import io.loadcast.zoo.logratio.LogRatioNetwork;
import io.loadcast.zoo.logratio.StepFeatures;

/** The trainable half of {@link Seq2seq}; formulas there. */
final class Seq2seqNetwork extends LogRatioNetwork {
    private static final int WIDTH = HORIZON * Seq2seq.DECODED;

    private final RecurrentBlock encoder;
    private final HourDecoder decoder;

    Seq2seqNetwork() {
        super(WIDTH);
        encoder = addChildBlock(
                "encoder",
                GRU.builder().setStateSize(Seq2seq.ENCODED).setNumLayers(1).build());
        decoder = addChildBlock("decoder", new HourDecoder(Seq2seq.ENCODED, Seq2seq.DECODED));
    }

    @Override
    protected void initializeOwnBlocks(NDManager manager, DataType type) {
        encoder.initialize(manager, type, new Shape(1, LOOKBACK, StepFeatures.COUNT));
        decoder.initialize(
                manager,
                type,
                new Shape(1, ANCHORS, Seq2seq.ENCODED),
                new Shape(1, LOOKBACK + HORIZON - 1, StepFeatures.CALENDAR));
    }

    @Override
    protected NDArray atAnchors(ParameterStore store, NDArray features, NDArray calendar, boolean training) {
        NDArray anchored = run(encoder, store, features, training).get(":, " + FIRST_ANCHOR + ":, :");
        return decoder.forward(store, new NDList(anchored, calendar), training)
                .head()
                .reshape(-1, ANCHORS, WIDTH);
    }
}
