package io.loadcast.zoo.linear;

import static io.loadcast.zoo.logratio.LogRatioArchitecture.ANCHORS;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.ParameterStore;
import io.loadcast.zoo.Sizes;
import io.loadcast.zoo.logratio.LogRatioNetwork;

/** The trainable half of {@link LinearOnly}, all of which comes from the fit; formulas there. */
final class LinearNetwork extends LogRatioNetwork {
    LinearNetwork(Sizes sizes) {
        super(0, sizes);
    }

    @Override
    public boolean learns(String tensor) {
        return false; // the fit is the optimum already
    }

    @Override
    protected void initializeOwnBlocks(NDManager manager, DataType type) {
        // it has none
    }

    @Override
    protected NDArray atAnchors(ParameterStore store, NDArray features, NDArray calendar, boolean training) {
        return features.getManager().zeros(new Shape(features.getShape().get(0), ANCHORS, 0));
    }
}
