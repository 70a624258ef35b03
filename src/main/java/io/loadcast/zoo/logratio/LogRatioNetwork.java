package io.loadcast.zoo.logratio;

import static io.loadcast.zoo.LinearForecast.HOURS_OF_WEEK;
import static io.loadcast.zoo.logratio.LogRatioArchitecture.ANCHORS;
import static io.loadcast.zoo.logratio.LogRatioArchitecture.FIRST_ANCHOR;
import static io.loadcast.zoo.logratio.LogRatioArchitecture.HORIZON;
import static io.loadcast.zoo.logratio.LogRatioArchitecture.LOOKBACK;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.ndarray.types.SparseFormat;
import ai.djl.nn.Activation;
import ai.djl.nn.Block;
import ai.djl.nn.Parameter;
import ai.djl.nn.core.Linear;
import ai.djl.nn.norm.Dropout;
import ai.djl.training.ParameterStore;
import ai.djl.training.initializer.Initializer;
import ai.djl.training.initializer.NormalInitializer;
import ai.djl.training.initializer.XavierInitializer;
import ai.djl.util.PairList;
import io.loadcast.zoo.CalibratedMedian;
import io.loadcast.zoo.LinearForecast;
import io.loadcast.zoo.LinearPart;
import io.loadcast.zoo.Network;
import io.loadcast.zoo.NetworkInput;
import io.loadcast.zoo.ScaledInterval;
import io.loadcast.zoo.Sizes;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The trainable half of a {@link LogRatioArchitecture}; formulas there, shapes at {@link Network}. A subclass adds its own blocks
 * in its constructor, initialises them, and says how features become one vector per anchor.
 */
public abstract class LogRatioNetwork extends Network implements LinearPart, ScaledInterval {
    private static final float LINEAR_LEARNING_RATE_FACTOR = 0.05f;

    private static final List<String> NEVER_DECAY = List.of("bias", "beta", "gamma");

    private final int width;
    private final @Nullable Correction correction;
    private final Parameter linearWeights;
    private final Parameter linearBias;
    private final Parameter intervalScale;
    private final @Nullable MedianTables medianTables;

    /** Units between z and the output, of each number of a state. */
    private static final int DENSE_PER_HIDDEN = 2;

    /** What makes n, u and v of the hours; all zero, zero and {@link LogRatioArchitecture#WIDTH_START} without. */
    private record Correction(Parameter hourEmbedding, Dropout dropout, int units, Linear dense, Linear out) {}

    /**
     * @param width how many numbers the vector of an anchor has; with 0, nothing corrects the linear forecast
     * @param sizes of the architecture
     */
    protected LogRatioNetwork(int width, Sizes sizes) {
        this(width, sizes, 0);
    }

    /**
     * The same of a network that is told which region it forecasts.
     *
     * @param knownRegions how many it knows; with 0, it is told nothing, and nothing calibrates its median
     */
    @SuppressWarnings("this-escape") // DJL wants children added by the constructor
    protected LogRatioNetwork(int width, Sizes sizes, int knownRegions) {
        this.width = width;
        correction = width == 0 ? null : correction(sizes);
        linearWeights = table("linear_weights", Initializer.ZEROS, HOURS_OF_WEEK, (long) FIRST_ANCHOR * HORIZON);
        linearBias = table("linear_bias", Initializer.ZEROS, HOURS_OF_WEEK, HORIZON);
        intervalScale = addParameter(Parameter.builder()
                .setName(INTERVAL_SCALE)
                .setType(Parameter.Type.OTHER)
                .optShape(new Shape(HORIZON, 2))
                .optInitializer(Initializer.ONES)
                .optRequiresGrad(false)
                .build());
        medianTables = knownRegions == 0 ? null : addChildBlock(MedianTables.NAME, new MedianTables(knownRegions));
    }

    private Correction correction(Sizes sizes) {
        int units = DENSE_PER_HIDDEN * sizes.hidden().orElseThrow();
        float dropout = (float) sizes.dropout().orElse(0);
        return new Correction(
                table("hour_embedding", new NormalInitializer(0.1f), HOURS_OF_WEEK, StepFeatures.HOUR_EMBEDDING),
                addChildBlock("dropout", Dropout.builder().optRate(dropout).build()),
                units,
                addChildBlock("dense", Linear.builder().setUnits(units).build()),
                addChildBlock("out", Linear.builder().setUnits(HORIZON * 3L).build()));
    }

    /** Initialises the blocks that the subclass added. */
    protected abstract void initializeOwnBlocks(NDManager manager, DataType type);

    /**
     * What this architecture makes of the hours.
     *
     * @param features [B, lookback, {@link StepFeatures#COUNT}]
     * @param calendar [B, lookback + horizon − 1, {@link StepFeatures#CALENDAR}], of each hour after the window's first
     * @return [B, anchors, width]; the vector of an anchor depends on no load after it
     */
    protected abstract NDArray atAnchors(ParameterStore store, NDArray features, NDArray calendar, boolean training);

    @Override
    public final int firstAnchor() {
        return FIRST_ANCHOR;
    }

    @Override
    public final int anchors() {
        return ANCHORS;
    }

    @Override
    public final int linearLags() {
        return FIRST_ANCHOR;
    }

    @Override
    public boolean learns(String tensor) {
        return !tensor.equals(INTERVAL_SCALE) && !tensor.startsWith(MedianTables.NAME);
    }

    @Override
    public final float learningRateFactor(String tensor) {
        // The fit that it starts from is nearly right, and each entry sees only one hour of the week.
        return tensor.startsWith("linear_") ? LINEAR_LEARNING_RATE_FACTOR : 1;
    }

    @Override
    public final boolean decays(String tensor) {
        // The linear part is penalised by its own fit; a shift or a norm's scale near zero is no simpler.
        return !tensor.startsWith("linear_")
                && NEVER_DECAY.stream().noneMatch(tensor.toLowerCase(Locale.ROOT)::endsWith);
    }

    @Override
    public final void setLinear(LinearForecast linear) {
        overwrite(linearWeights, linear.weights(), "linear_weights");
        overwrite(linearBias, linear.bias(), "linear_bias");
    }

    @Override
    public final void setIntervalScale(float[] factors) {
        overwrite(intervalScale, factors, INTERVAL_SCALE);
    }

    @Override
    public final Optional<CalibratedMedian> calibratedMedian() {
        return Optional.ofNullable(medianTables);
    }

    @Override
    protected final void prepare(Shape[] inputs) {
        // Not before: it reaches only the blocks that are there.
        setInitializer(new XavierInitializer(), Parameter.Type.WEIGHT);
    }

    @Override
    protected final void initializeChildBlocks(NDManager manager, DataType type, Shape... inputs) {
        initializeOwnBlocks(manager, type);
        if (medianTables != null) {
            medianTables.initialize(manager, type, inputs);
        }
        if (correction != null) {
            initialize(correction, manager, type);
        }
    }

    private void initialize(Correction made, NDManager manager, DataType type) {
        made.dropout().initialize(manager, type, new Shape(1, width));
        made.dense().initialize(manager, type, new Shape(1, width + HORIZON));
        made.out().initialize(manager, type, new Shape(1, made.units()));
        // The network starts as the linear forecast with a narrow interval.
        NDArray outWeights = made.out().getParameters().get(0).getValue().getArray();
        outWeights.muli(0);
        NDArray widths = made.out().getParameters().get(1).getValue().getArray();
        for (int h = 0; h < HORIZON; h++) {
            widths.set(new NDIndex(h * 3 + 1 + ":" + (h * 3 + 3)), LogRatioArchitecture.WIDTH_START);
        }
    }

    @Override
    public final Shape[] getOutputShapes(Shape[] inputs) {
        return new Shape[] {new Shape(inputs[0].get(0), ANCHORS, HORIZON, 3)};
    }

    @Override
    protected final NDList forwardInternal(
            ParameterStore store, NDList inputs, boolean training, PairList<String, Object> parameters) {
        NDArray logLoad = WindowNumbers.logLoad(inputs.get(0));
        CalendarHours hours = new CalendarHours(inputs.get(1));
        NDArray raw = correction == null
                ? uncorrected(logLoad.getManager())
                : corrected(correction, store, logLoad, hours, training);
        NDArray linear = linear(store, logLoad, hours, training);
        NDArray scaled = raw.get("..., 0")
                .mul(raw.getManager().create(LogRatioArchitecture.correctionScale(), new Shape(1, 1, HORIZON)));
        NDArray sum = scaled.add(linear);
        if (medianTables != null) {
            NDList seen = new NDList(sum, logLoad, inputs.get(2), hours.ofWeek(FIRST_ANCHOR + 1, ANCHORS));
            sum = medianTables.forward(store, seen, training).head();
        }
        NDArray median = sum.clip(-LogRatioArchitecture.MAX_LOG_RATIO, LogRatioArchitecture.MAX_LOG_RATIO);
        NDArray scale = store.getValue(intervalScale, logLoad.getDevice(), training);
        NDArray low = median.sub(width(raw.get("..., 1"), scale.get(":, 0")));
        NDArray high = median.add(width(raw.get("..., 2"), scale.get(":, 1")));
        return new NDList(NDArrays.stack(new NDList(low, median, high), 3));
    }

    /** The raw outputs at each anchor, [B, anchors, horizon, 3]. */
    private NDArray corrected(
            Correction by, ParameterStore store, NDArray logLoad, CalendarHours hours, boolean training) {
        NDArray calendar = hours.afterFirst(store, by.hourEmbedding(), training);
        NDArray anchored = atAnchors(store, WindowNumbers.features(logLoad, calendar), calendar, training);
        NDArray holidays =
                WindowNumbers.lagged(hours.holiday(0, LOOKBACK + HORIZON), FIRST_ANCHOR, ANCHORS, HORIZON, 1);
        return head(by, store, anchored, holidays, training);
    }

    private static NDArray width(NDArray raw, NDArray scale) {
        return Activation.softPlus(raw).mul(scale).clip(0, LogRatioArchitecture.MAX_LOG_RATIO);
    }

    /** The raw outputs of no network, [1, 1, 1, 3]. */
    private static NDArray uncorrected(NDManager manager) {
        float start = LogRatioArchitecture.WIDTH_START;
        return manager.create(new float[] {0, start, start}, new Shape(1, 1, 1, 3));
    }

    @Override
    public final NDArray targets(NDArray loadMw, NetworkInput seen) {
        NDArray logLoad = loadMw.maximum(WindowNumbers.floorMw(loadMw.get(":, :" + LOOKBACK)))
                .log();
        return WindowNumbers.lagged(logLoad, FIRST_ANCHOR, ANCHORS, HORIZON, 1)
                .sub(WindowNumbers.anchors(logLoad).expandDims(2));
    }

    @Override
    public final NDArray quantilesMw(ParameterStore store, NetworkInput seen) {
        NDArray loadMw = seen.loadMw();
        NDArray last = loadMw.maximum(WindowNumbers.floorMw(loadMw))
                .get(":, " + (LOOKBACK - 1))
                .reshape(-1, 1, 1);
        return last.mul(forecasts(store, seen, false).get(":, " + (ANCHORS - 1)).exp());
    }

    /** The raw outputs at each anchor, [B, anchors, horizon, 3]. */
    private static NDArray head(
            Correction by, ParameterStore store, NDArray anchored, NDArray holidays, boolean training) {
        NDArray seen = run(by.dropout(), store, anchored, training).concat(holidays, 2);
        NDArray hidden = Activation.relu(run(by.dense(), store, seen, training));
        return run(by.out(), store, hidden, training).reshape(-1, ANCHORS, HORIZON, 3);
    }

    /** The linear forecast at each anchor, [B, anchors, horizon]. */
    private NDArray linear(ParameterStore store, NDArray logLoad, CalendarHours hours, boolean training) {
        NDArray ratios = WindowNumbers.lagged(logLoad, FIRST_ANCHOR, ANCHORS, FIRST_ANCHOR, -1)
                .sub(WindowNumbers.anchors(logLoad).expandDims(2))
                .reshape(-1, 1, FIRST_ANCHOR);
        NDArray hourOfWeek = hours.ofWeek(FIRST_ANCHOR + 1, ANCHORS);
        NDArray weights = embed(store, linearWeights, hourOfWeek, training).reshape(-1, FIRST_ANCHOR, HORIZON);
        return ratios.matMul(weights).reshape(-1, ANCHORS, HORIZON).add(embed(store, linearBias, hourOfWeek, training));
    }

    /** The rows that the indices name. */
    static NDArray embed(ParameterStore store, Parameter table, NDArray indices, boolean training) {
        NDArray rows = store.getValue(table, indices.getDevice(), training);
        return indices.getNDArrayInternal()
                .embedding(indices, rows, SparseFormat.DENSE)
                .singletonOrThrow();
    }

    /** One block on one array. */
    public static NDArray run(Block block, ParameterStore store, NDArray input, boolean training) {
        return block.forward(store, new NDList(input), training).head();
    }

    /** A new tensor of its own, beside those of its blocks. */
    protected final Parameter table(String name, Initializer initializer, long rows, long columns) {
        return addParameter(Parameter.builder()
                .setName(name)
                .setType(Parameter.Type.OTHER)
                .optShape(new Shape(rows, columns))
                .optInitializer(initializer)
                .build());
    }
}
