package io.loadcast.zoo.article;

import static io.loadcast.zoo.article.ArticleArchitecture.DISTANCE;
import static io.loadcast.zoo.article.ArticleArchitecture.HORIZON;
import static io.loadcast.zoo.article.ArticleArchitecture.INPUTS;
import static io.loadcast.zoo.article.ArticleArchitecture.LOOKBACK;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Activation;
import ai.djl.nn.Parameter;
import ai.djl.nn.core.Linear;
import ai.djl.nn.recurrent.RecurrentBlock;
import ai.djl.training.ParameterStore;
import ai.djl.training.initializer.Initializer;
import ai.djl.training.initializer.UniformInitializer;
import ai.djl.util.PairList;
import io.loadcast.zoo.Network;
import io.loadcast.zoo.NetworkInput;
import io.loadcast.zoo.ScaledInterval;
import io.loadcast.zoo.Sizes;
import io.loadcast.zoo.logratio.RecurrentCell;
import java.util.Locale;
import java.util.Objects;

/** The trainable half of an {@link ArticleArchitecture}; formulas there, shapes at {@link Network}. Its loss space is the scaled load. */
final class ArticleNetwork extends Network implements ScaledInterval {
    private static final int LAST = LOOKBACK - 1;

    private final int hidden;
    private final RecurrentBlock layers;
    private final Linear out;
    private final Parameter intervalScale;

    ArticleNetwork(RecurrentCell cell, Sizes sizes) {
        hidden = sizes.hidden().orElseThrow();
        float dropout = (float) sizes.dropout().orElseThrow();
        layers = addChildBlock(cell.key(), cell.block(hidden, sizes.layers().orElseThrow(), dropout));
        out = addChildBlock("out", Linear.builder().setUnits(HORIZON).build());
        intervalScale = addParameter(Parameter.builder()
                .setName(INTERVAL_SCALE)
                .setType(Parameter.Type.OTHER)
                .optShape(new Shape(HORIZON, 2))
                .optInitializer(Initializer.ONES)
                .optRequiresGrad(false)
                .build());
    }

    @Override
    public int firstAnchor() {
        return LAST;
    }

    @Override
    public int anchors() {
        return 1;
    }

    @Override
    public boolean learns(String tensor) {
        return !tensor.equals(INTERVAL_SCALE);
    }

    @Override
    public float learningRateFactor(String tensor) {
        return 1;
    }

    @Override
    public boolean decays(String tensor) {
        return !tensor.toLowerCase(Locale.ROOT).endsWith("bias");
    }

    @Override
    public void setIntervalScale(float[] factors) {
        overwrite(intervalScale, factors, INTERVAL_SCALE);
    }

    @Override
    protected void prepare(Shape[] inputs) {
        Initializer uniform = new UniformInitializer((float) (1 / Math.sqrt(hidden)));
        setInitializer(uniform, Parameter.Type.WEIGHT);
        setInitializer(uniform, Parameter.Type.BIAS);
    }

    @Override
    protected void initializeChildBlocks(NDManager manager, DataType type, Shape... inputs) {
        layers.initialize(manager, type, new Shape(1, LOOKBACK, INPUTS));
        out.initialize(manager, type, new Shape(1, hidden));
    }

    @Override
    public Shape[] getOutputShapes(Shape[] inputs) {
        return new Shape[] {new Shape(inputs[0].get(0), 1, HORIZON, 3)};
    }

    @Override
    protected NDList forwardInternal(
            ParameterStore store, NDList inputs, boolean training, PairList<String, Object> parameters) {
        NDArray hours = scaled(inputs.get(0), inputs.get(1), inputs.get(2));
        NDArray states = layers.forward(store, new NDList(hours), training).head();
        NDArray last = Activation.relu(states.get(":, " + LAST + ", :"));
        NDArray median = out.forward(store, new NDList(last), training).head().reshape(-1, 1, HORIZON);
        NDArray distance = median.getManager()
                .create(new float[] {DISTANCE, DISTANCE}, new Shape(1, 2))
                .mul(store.getValue(intervalScale, median.getDevice(), training));
        NDArray low = median.sub(distance.get(":, 0"));
        NDArray high = median.add(distance.get(":, 1"));
        return new NDList(NDArrays.stack(new NDList(low, median, high), 3));
    }

    /** What the layers see of each hour of the lookback, [B, lookback, inputs]. */
    private static NDArray scaled(NDArray loadMw, NDArray calendar, NDArray region) {
        NDArray raw = loadMw.expandDims(2).concat(calendar.get(":, :" + LOOKBACK + ", :"), 2);
        NDArray minima = region.get(":, :" + INPUTS).expandDims(1);
        NDArray widths = region.get(":, " + INPUTS + ":").expandDims(1);
        return raw.sub(minima).div(widths);
    }

    @Override
    public NDArray targets(NDArray loadMw, NetworkInput seen) {
        NDArray ahead = loadMw.get(":, " + LOOKBACK + ":").expandDims(1);
        return ahead.sub(minMw(seen)).div(widthMw(seen));
    }

    @Override
    public NDArray quantilesMw(ParameterStore store, NetworkInput seen) {
        NDArray scaled = forecasts(store, seen, false).reshape(-1, HORIZON, 3);
        return scaled.mul(widthMw(seen)).add(minMw(seen)).maximum(0f);
    }

    /** [B, 1, 1]. */
    private static NDArray minMw(NetworkInput seen) {
        return region(seen).get(":, :1").expandDims(2);
    }

    /** [B, 1, 1]. */
    private static NDArray widthMw(NetworkInput seen) {
        return region(seen).get(":, " + INPUTS + ":" + (INPUTS + 1)).expandDims(2);
    }

    private static NDArray region(NetworkInput seen) {
        return Objects.requireNonNull(seen.region(), "the scale of each window's region");
    }
}
