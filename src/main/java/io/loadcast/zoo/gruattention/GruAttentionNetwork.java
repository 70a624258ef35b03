package io.loadcast.zoo.gruattention;

import static io.loadcast.zoo.logratio.LogRatioArchitecture.ANCHORS;
import static io.loadcast.zoo.logratio.LogRatioArchitecture.FIRST_ANCHOR;
import static io.loadcast.zoo.logratio.LogRatioArchitecture.LOOKBACK;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Activation;
import ai.djl.nn.core.Linear;
import ai.djl.nn.recurrent.RecurrentBlock;
import ai.djl.training.ParameterStore;
import io.loadcast.zoo.Sizes;
import io.loadcast.zoo.logratio.CausalMask;
import io.loadcast.zoo.logratio.LogRatioNetwork;
import io.loadcast.zoo.logratio.RecurrentCell;
import io.loadcast.zoo.logratio.StepFeatures;

/** The trainable half of {@link GruAttention}; formulas there. */
final class GruAttentionNetwork extends LogRatioNetwork {
    private final Size size;
    private final Linear conv;
    private final RecurrentBlock gru;
    private final Linear query;

    GruAttentionNetwork(Size size, Sizes sizes, int regions) {
        super(2 * size.hidden(), sizes, regions);
        this.size = size;
        conv = addChildBlock("conv", Linear.builder().setUnits(size.filters()).build());
        gru = addChildBlock("gru", RecurrentCell.GRU.block(size.hidden(), size.layers()));
        query = addChildBlock(
                "query", Linear.builder().setUnits(size.hidden()).optBias(false).build());
    }

    @Override
    protected void initializeOwnBlocks(NDManager manager, DataType type) {
        conv.initialize(manager, type, new Shape(1, (long) size.kernel() * StepFeatures.COUNT));
        gru.initialize(manager, type, new Shape(1, LOOKBACK, size.filters()));
        query.initialize(manager, type, new Shape(1, size.hidden()));
    }

    @Override
    protected NDArray atAnchors(ParameterStore store, NDArray features, NDArray calendar, boolean training) {
        NDArray local = Activation.relu(run(conv, store, unfolded(features), training));
        NDArray states = run(gru, store, local, training);
        NDArray anchored = states.get(":, " + FIRST_ANCHOR + ":, :");
        NDArray products = run(query, store, anchored, training).matMul(states.transpose(0, 2, 1));
        NDArray scores = times(products, (float) (1 / Math.sqrt(size.hidden()))).add(causalMask(states.getManager()));
        NDArray context = scores.softmax(2).matMul(states);
        return anchored.concat(context, 2);
    }

    /**
     * Each hour's features after those of the hours before it, [B, lookback, kernel · features], oldest first and zero before the
     * window. A dense layer on them is the causal convolution.
     */
    private NDArray unfolded(NDArray features) {
        int before = size.kernel() - 1;
        long[] shape = features.getShape().getShape();
        NDArray padded = features.getManager()
                .zeros(new Shape(shape[0], before, shape[2]))
                .concat(features, 1);
        NDList shifted = new NDList();
        for (int j = 0; j <= before; j++) {
            shifted.add(padded.get(":, {}:{}, :", j, j + LOOKBACK));
        }
        return NDArrays.concat(shifted, 2);
    }

    /** [1, anchors, lookback]. */
    private static NDArray causalMask(NDManager manager) {
        return manager.create(CausalMask.of(ANCHORS, anchor -> FIRST_ANCHOR + anchor), new Shape(1, ANCHORS, LOOKBACK));
    }
}
