package io.loadcast.zoo.gru;

import static io.loadcast.zoo.logratio.LogRatioArchitecture.FIRST_ANCHOR;
import static io.loadcast.zoo.logratio.LogRatioArchitecture.LOOKBACK;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.recurrent.GRU;
import ai.djl.nn.recurrent.RecurrentBlock;
import ai.djl.training.ParameterStore;
import io.loadcast.zoo.logratio.LogRatioNetwork;
import io.loadcast.zoo.logratio.StepFeatures;

/** The trainable half of {@link Gru}; formulas there. */
final class GruNetwork extends LogRatioNetwork {
    private final RecurrentBlock gru;

    GruNetwork() {
        super(Gru.HIDDEN);
        gru = addChildBlock(
                "gru", GRU.builder().setStateSize(Gru.HIDDEN).setNumLayers(1).build());
    }

    @Override
    protected void initializeOwnBlocks(NDManager manager, DataType type) {
        gru.initialize(manager, type, new Shape(1, LOOKBACK, StepFeatures.COUNT));
    }

    @Override
    protected NDArray atAnchors(ParameterStore store, NDArray features, NDArray calendar, boolean training) {
        return run(gru, store, features, training).get(":, " + FIRST_ANCHOR + ":, :");
    }
}
