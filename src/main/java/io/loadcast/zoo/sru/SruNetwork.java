package io.loadcast.zoo.sru;

import static io.loadcast.zoo.logratio.LogRatioArchitecture.FIRST_ANCHOR;
import static io.loadcast.zoo.logratio.LogRatioArchitecture.LOOKBACK;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Activation;
import ai.djl.nn.Parameter;
import ai.djl.nn.core.Linear;
import ai.djl.training.ParameterStore;
import ai.djl.training.initializer.Initializer;
import ai.djl.training.initializer.NormalInitializer;
import io.loadcast.zoo.Sizes;
import io.loadcast.zoo.logratio.LogRatioNetwork;
import io.loadcast.zoo.logratio.StepFeatures;

/** The trainable half of {@link Sru}; formulas there. */
final class SruNetwork extends LogRatioNetwork {
    private final Linear products;
    private final Parameter stateWeight;
    private final Parameter stateBias;

    SruNetwork(int hidden, Sizes sizes) {
        super(hidden, sizes);
        products = addChildBlock(
                "sru", Linear.builder().setUnits(4L * hidden).optBias(false).build());
        stateWeight = table("sru_state_weight", new NormalInitializer(0.1f), 2, hidden);
        stateBias = table("sru_state_bias", Initializer.ZEROS, 2, hidden);
    }

    @Override
    protected void initializeOwnBlocks(NDManager manager, DataType type) {
        products.initialize(manager, type, new Shape(1, LOOKBACK, StepFeatures.COUNT));
    }

    @Override
    protected NDArray atAnchors(ParameterStore store, NDArray features, NDArray calendar, boolean training) {
        NDArray weight = store.getValue(stateWeight, features.getDevice(), training);
        NDArray bias = store.getValue(stateBias, features.getDevice(), training);
        NDList product = run(products, store, features, training).split(4, 2);
        NDArray forget = product.get(1).add(bias.get(0));
        NDArray states = states(product.get(0), forget, weight.get(0));

        NDArray before = states.get(":, {}:{}", FIRST_ANCHOR, LOOKBACK);
        NDArray after = states.get(":, {}:{}", FIRST_ANCHOR + 1, LOOKBACK + 1);
        NDArray reset =
                Activation.sigmoid(anchored(product.get(2)).add(bias.get(1)).add(before.mul(weight.get(1))));
        NDArray input = anchored(product.get(3));
        return input.add(after.sub(input).mul(reset));
    }

    /** The state before the window and after each of its hours, [B, 1 + lookback, hidden]. */
    private static NDArray states(NDArray candidates, NDArray forget, NDArray weight) {
        NDArray state = candidates.get(":, 0").zerosLike();
        NDList states = new NDList(state);
        for (int hour = 0; hour < LOOKBACK; hour++) {
            NDArray candidate = candidates.get(":, " + hour);
            NDArray kept = Activation.sigmoid(forget.get(":, " + hour).add(state.mul(weight)));
            state = candidate.add(state.sub(candidate).mul(kept));
            states.add(state);
        }
        return NDArrays.stack(states, 1);
    }

    private static NDArray anchored(NDArray hourly) {
        return hourly.get(":, " + FIRST_ANCHOR + ":");
    }
}
