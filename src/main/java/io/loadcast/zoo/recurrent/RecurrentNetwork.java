package io.loadcast.zoo.recurrent;

import static io.loadcast.zoo.logratio.LogRatioArchitecture.FIRST_ANCHOR;
import static io.loadcast.zoo.logratio.LogRatioArchitecture.LOOKBACK;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.recurrent.RecurrentBlock;
import ai.djl.training.ParameterStore;
import io.loadcast.zoo.Sizes;
import io.loadcast.zoo.logratio.LogRatioNetwork;
import io.loadcast.zoo.logratio.RecurrentCell;
import io.loadcast.zoo.logratio.StepFeatures;

/** The trainable half of a {@link RecurrentArchitecture}; formulas there. */
final class RecurrentNetwork extends LogRatioNetwork {
    private final RecurrentBlock layers;

    RecurrentNetwork(RecurrentCell cell, int hidden, int layerCount, Sizes sizes) {
        super(hidden, sizes);
        layers = addChildBlock(cell.key(), cell.block(hidden, layerCount));
    }

    @Override
    protected void initializeOwnBlocks(NDManager manager, DataType type) {
        layers.initialize(manager, type, new Shape(1, LOOKBACK, StepFeatures.COUNT));
    }

    @Override
    protected NDArray atAnchors(ParameterStore store, NDArray features, NDArray calendar, boolean training) {
        return run(layers, store, features, training).get(":, " + FIRST_ANCHOR + ":, :");
    }
}
