package io.loadcast.zoo.lstm;

import static io.loadcast.zoo.logratio.LogRatioArchitecture.FIRST_ANCHOR;
import static io.loadcast.zoo.logratio.LogRatioArchitecture.LOOKBACK;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.recurrent.LSTM;
import ai.djl.nn.recurrent.RecurrentBlock;
import ai.djl.training.ParameterStore;
import io.loadcast.zoo.logratio.LogRatioNetwork;
import io.loadcast.zoo.logratio.StepFeatures;

/** The trainable half of {@link Lstm}; formulas there. */
final class LstmNetwork extends LogRatioNetwork {
    private final RecurrentBlock lstm;

    LstmNetwork() {
        super(Lstm.HIDDEN);
        lstm = addChildBlock(
                "lstm", LSTM.builder().setStateSize(Lstm.HIDDEN).setNumLayers(1).build());
    }

    @Override
    protected void initializeOwnBlocks(NDManager manager, DataType type) {
        lstm.initialize(manager, type, new Shape(1, LOOKBACK, StepFeatures.COUNT));
    }

    @Override
    protected NDArray atAnchors(ParameterStore store, NDArray features, NDArray calendar, boolean training) {
        return run(lstm, store, features, training).get(":, " + FIRST_ANCHOR + ":, :");
    }
}
