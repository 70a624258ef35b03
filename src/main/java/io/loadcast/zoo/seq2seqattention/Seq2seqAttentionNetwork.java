package io.loadcast.zoo.seq2seqattention;

import static io.loadcast.zoo.logratio.LogRatioArchitecture.ANCHORS;
import static io.loadcast.zoo.logratio.LogRatioArchitecture.FIRST_ANCHOR;
import static io.loadcast.zoo.logratio.LogRatioArchitecture.HORIZON;
import static io.loadcast.zoo.logratio.LogRatioArchitecture.LOOKBACK;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Activation;
import ai.djl.nn.core.Linear;
import ai.djl.nn.recurrent.GRU;
import ai.djl.nn.recurrent.RecurrentBlock;
import ai.djl.training.ParameterStore;
import io.loadcast.zoo.logratio.HourDecoder;
import io.loadcast.zoo.logratio.LogRatioNetwork;
import io.loadcast.zoo.logratio.StepFeatures;

/** The trainable half of {@link Seq2seqAttention}; formulas there. */
final class Seq2seqAttentionNetwork extends LogRatioNetwork {
    private static final float MASKED = -1e9f;

    /** Decoded hours of a window: those ahead of each anchor. */
    private static final int QUERIES = ANCHORS * HORIZON;

    private final RecurrentBlock encoder;
    private final HourDecoder decoder;
    private final Linear query;
    private final Linear joint;

    Seq2seqAttentionNetwork() {
        super(HORIZON * Seq2seqAttention.JOINT);
        encoder = addChildBlock(
                "encoder",
                GRU.builder()
                        .setStateSize(Seq2seqAttention.ENCODED)
                        .setNumLayers(1)
                        .build());
        decoder = addChildBlock("decoder", new HourDecoder(Seq2seqAttention.ENCODED, Seq2seqAttention.DECODED));
        query = addChildBlock(
                "query",
                Linear.builder()
                        .setUnits(Seq2seqAttention.ENCODED)
                        .optBias(false)
                        .build());
        joint = addChildBlock(
                "joint", Linear.builder().setUnits(Seq2seqAttention.JOINT).build());
    }

    @Override
    protected void initializeOwnBlocks(NDManager manager, DataType type) {
        encoder.initialize(manager, type, new Shape(1, LOOKBACK, StepFeatures.COUNT));
        decoder.initialize(
                manager,
                type,
                new Shape(1, ANCHORS, Seq2seqAttention.ENCODED),
                new Shape(1, LOOKBACK + HORIZON - 1, StepFeatures.CALENDAR));
        query.initialize(manager, type, new Shape(1, Seq2seqAttention.DECODED));
        joint.initialize(manager, type, new Shape(1, Seq2seqAttention.DECODED + Seq2seqAttention.ENCODED));
    }

    @Override
    protected NDArray atAnchors(ParameterStore store, NDArray features, NDArray calendar, boolean training) {
        NDArray states = run(encoder, store, features, training);
        NDArray anchored = states.get(":, " + FIRST_ANCHOR + ":, :");
        NDArray decoded = decoder.forward(store, new NDList(anchored, calendar), training)
                .head()
                .reshape(-1, QUERIES, Seq2seqAttention.DECODED);
        NDArray scores = run(query, store, decoded, training)
                .matMul(states.transpose(0, 2, 1))
                .mul(Seq2seqAttention.SCORE_SCALE)
                .add(causalMask(states.getManager()));
        NDArray contexts = scores.softmax(2).matMul(states);
        return Activation.tanh(run(joint, store, decoded.concat(contexts, 2), training))
                .reshape(-1, ANCHORS, (long) HORIZON * Seq2seqAttention.JOINT);
    }

    /** [anchors · horizon, lookback]: 0 at the hours up to the anchor, a large negative number at those after it. */
    private static NDArray causalMask(NDManager manager) {
        float[] mask = new float[QUERIES * LOOKBACK];
        for (int row = 0; row < QUERIES; row++) {
            int anchor = FIRST_ANCHOR + row / HORIZON;
            for (int hour = anchor + 1; hour < LOOKBACK; hour++) {
                mask[row * LOOKBACK + hour] = MASKED;
            }
        }
        return manager.create(mask, new Shape(1, QUERIES, LOOKBACK));
    }
}
