package io.loadcast.zoo.seq2seqattention;

import static io.loadcast.zoo.logratio.LogRatioArchitecture.ANCHORS;
import static io.loadcast.zoo.logratio.LogRatioArchitecture.FIRST_ANCHOR;
import static io.loadcast.zoo.logratio.LogRatioArchitecture.HORIZON;
import static io.loadcast.zoo.logratio.LogRatioArchitecture.LOOKBACK;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Activation;
import ai.djl.nn.core.Linear;
import ai.djl.training.ParameterStore;
import io.loadcast.zoo.Sizes;
import io.loadcast.zoo.logratio.CausalMask;
import io.loadcast.zoo.seq2seq.Seq2seqNetwork;

/** The trainable half of {@link Seq2seqAttention}; formulas there. */
final class Seq2seqAttentionNetwork extends Seq2seqNetwork {
    /** Decoded hours of a window: those ahead of each anchor. */
    private static final int QUERIES = ANCHORS * HORIZON;

    private final AttentionSize size;
    private final Linear query;
    private final Linear joint;

    Seq2seqAttentionNetwork(AttentionSize size, Sizes sizes) {
        super(size.coder(), size.jointWidth(), sizes);
        this.size = size;
        query = addChildBlock(
                "query",
                Linear.builder().setUnits(size.coder().encoded()).optBias(false).build());
        joint = addChildBlock("joint", Linear.builder().setUnits(size.joint()).build());
    }

    @Override
    protected void initializeOwnBlocks(NDManager manager, DataType type) {
        super.initializeOwnBlocks(manager, type);
        query.initialize(manager, type, new Shape(1, size.coder().decoded()));
        joint.initialize(
                manager,
                type,
                new Shape(1, size.coder().decoded() + size.coder().encoded()));
    }

    @Override
    protected NDArray joined(ParameterStore store, NDArray decoded, NDArray states, boolean training) {
        NDArray queries = decoded.reshape(-1, QUERIES, size.coder().decoded());
        NDArray products = run(query, store, queries, training).matMul(states.transpose(0, 2, 1));
        NDArray scores = times(products, size.scoreScale()).add(causalMask(states.getManager()));
        NDArray contexts = scores.softmax(2).matMul(states);
        return Activation.tanh(run(joint, store, queries.concat(contexts, 2), training))
                .reshape(-1, ANCHORS, size.jointWidth());
    }

    /** [1, anchors · horizon, lookback]. */
    private static NDArray causalMask(NDManager manager) {
        return manager.create(
                CausalMask.of(QUERIES, row -> FIRST_ANCHOR + row / HORIZON), new Shape(1, QUERIES, LOOKBACK));
    }
}
