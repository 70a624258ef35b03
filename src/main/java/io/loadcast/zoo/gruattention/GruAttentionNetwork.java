package io.loadcast.zoo.gruattention;

import static io.loadcast.zoo.LinearForecast.HOURS_OF_WEEK;
import static io.loadcast.zoo.gruattention.GruAttention.ANCHORS;
import static io.loadcast.zoo.gruattention.GruAttention.FIRST_ANCHOR;
import static io.loadcast.zoo.gruattention.GruAttention.HORIZON;
import static io.loadcast.zoo.gruattention.GruAttention.LOOKBACK;

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
import ai.djl.nn.recurrent.GRU;
import ai.djl.nn.recurrent.RecurrentBlock;
import ai.djl.training.ParameterStore;
import ai.djl.training.initializer.Initializer;
import ai.djl.training.initializer.NormalInitializer;
import ai.djl.training.initializer.XavierInitializer;
import ai.djl.util.PairList;
import io.loadcast.domain.CalendarFeature;
import io.loadcast.zoo.LinearForecast;
import io.loadcast.zoo.Network;
import java.util.Locale;

/** The trainable half of {@link GruAttention}; formulas there, shapes at {@link Network}. */
final class GruAttentionNetwork extends Network {
    /** softplus(−3.5) = 0.03: an interval of ± 3 % to begin with. */
    private static final float WIDTH_START = -3.5f;

    private static final float MASKED = -1e9f;
    private static final float LINEAR_LEARNING_RATE_FACTOR = 0.05f;

    private final Size size;
    private final Linear conv;
    private final RecurrentBlock gru;
    private final Linear query;
    private final Dropout dropout;
    private final Linear dense;
    private final Linear out;
    private final Parameter hourEmbedding;
    private final Parameter linearWeights;
    private final Parameter linearBias;

    GruAttentionNetwork(Size size) {
        this.size = size;
        conv = addChildBlock("conv", Linear.builder().setUnits(size.filters()).build());
        gru = addChildBlock(
                "gru", GRU.builder().setStateSize(size.hidden()).setNumLayers(1).build());
        query = addChildBlock(
                "query", Linear.builder().setUnits(size.hidden()).optBias(false).build());
        dropout = addChildBlock(
                "dropout", Dropout.builder().optRate(size.dropout()).build());
        dense = addChildBlock("dense", Linear.builder().setUnits(size.dense()).build());
        out = addChildBlock("out", Linear.builder().setUnits(HORIZON * 3L).build());
        hourEmbedding = table("hour_embedding", new NormalInitializer(0.1f), HOURS_OF_WEEK, size.hourEmbedding());
        linearWeights = table("linear_weights", Initializer.ZEROS, HOURS_OF_WEEK, (long) FIRST_ANCHOR * HORIZON);
        linearBias = table("linear_bias", Initializer.ZEROS, HOURS_OF_WEEK, HORIZON);
        setInitializer(new XavierInitializer(), Parameter.Type.WEIGHT);
    }

    @Override
    public int firstAnchor() {
        return FIRST_ANCHOR;
    }

    @Override
    public int anchors() {
        return ANCHORS;
    }

    @Override
    public int linearLags() {
        return FIRST_ANCHOR;
    }

    @Override
    public float learningRateFactor(String tensor) {
        // The fit that it starts from is nearly right, and each entry sees only one hour of the week.
        return tensor.startsWith("linear_") ? LINEAR_LEARNING_RATE_FACTOR : 1;
    }

    @Override
    public boolean decays(String tensor) {
        // The linear part is penalised by its own fit.
        return !tensor.startsWith("linear_") && !tensor.toLowerCase(Locale.ROOT).endsWith("bias");
    }

    @Override
    public void setLinear(LinearForecast linear) {
        overwrite(linearWeights, linear.weights(), "linear_weights");
        overwrite(linearBias, linear.bias(), "linear_bias");
    }

    @Override
    protected void initializeChildBlocks(NDManager manager, DataType type, Shape... inputs) {
        conv.initialize(manager, type, new Shape(1, (long) size.kernel() * size.features()));
        gru.initialize(manager, type, new Shape(1, LOOKBACK, size.filters()));
        query.initialize(manager, type, new Shape(1, size.hidden()));
        dropout.initialize(manager, type, new Shape(1, 2L * size.hidden()));
        dense.initialize(manager, type, new Shape(1, 2L * size.hidden()));
        out.initialize(manager, type, new Shape(1, size.dense()));
        // The network starts as the linear forecast with a narrow interval.
        NDArray outWeights = out.getParameters().get(0).getValue().getArray();
        outWeights.muli(0);
        NDArray widths = out.getParameters().get(1).getValue().getArray();
        for (int h = 0; h < HORIZON; h++) {
            widths.set(new NDIndex(h * 3 + 1 + ":" + (h * 3 + 3)), WIDTH_START);
        }
    }

    @Override
    public Shape[] getOutputShapes(Shape[] inputs) {
        return new Shape[] {new Shape(inputs[0].get(0), ANCHORS, HORIZON, 3)};
    }

    @Override
    protected NDList forwardInternal(
            ParameterStore store, NDList inputs, boolean training, PairList<String, Object> parameters) {
        NDArray logLoad = logLoad(inputs.get(0));
        Hours hours = new Hours(inputs.get(1));
        NDArray states = states(store, logLoad, hours, training);
        NDArray raw = head(store, states, training);
        NDArray linear = linear(store, logLoad, hours, training);
        NDArray median = raw.get("..., 0").add(linear).clip(-GruAttention.MAX_LOG_RATIO, GruAttention.MAX_LOG_RATIO);
        NDArray low = median.sub(softPlus(raw.get("..., 1")));
        NDArray high = median.add(softPlus(raw.get("..., 2")));
        return new NDList(NDArrays.stack(new NDList(low, median, high), 3));
    }

    @Override
    public NDArray targets(NDArray loadMw) {
        NDArray logLoad = loadMw.maximum(floorMw(loadMw.get(":, :" + LOOKBACK))).log();
        return lagged(logLoad, FIRST_ANCHOR, ANCHORS, HORIZON, 1)
                .sub(anchors(logLoad).expandDims(2));
    }

    @Override
    public NDArray quantilesMw(ParameterStore store, NDArray loadMw, NDArray calendar) {
        NDArray last =
                loadMw.maximum(floorMw(loadMw)).get(":, " + (LOOKBACK - 1)).reshape(-1, 1, 1);
        return last.mul(logRatios(store, loadMw, calendar, false)
                .get(":, " + (ANCHORS - 1))
                .exp());
    }

    private static NDArray floorMw(NDArray loadMw) {
        return loadMw.mean(new int[] {1}, true).mul(GruAttention.FLOOR_SHARE).add(GruAttention.FLOOR_MW);
    }

    private static NDArray logLoad(NDArray loadMw) {
        NDArray load = loadMw.maximum(floorMw(loadMw));
        return load.div(load.get(":, :" + (FIRST_ANCHOR + 1)).mean(new int[] {1}, true))
                .log();
    }

    /** The GRU's state after each hour, [B, lookback, hidden]. */
    private NDArray states(ParameterStore store, NDArray logLoad, Hours hours, boolean training) {
        NDArray differences = logLoad.expandDims(2)
                .sub(pick(logLoad, size.lagIndices(), LOOKBACK, size.lags().size()));
        NDArray features = logLoad.expandDims(2)
                .concat(differences, 2)
                .concat(embed(store, hourEmbedding, hours.ofWeek(1, LOOKBACK), training), 2)
                .concat(harmonics(hours.ofYear(1, LOOKBACK)), 2);
        NDArray local = Activation.relu(run(conv, store, unfolded(features), training));
        return run(gru, store, local, training);
    }

    /**
     * Each hour's features after those of the hours before it, [B, lookback, kernel · features], oldest first and zero before the
     * window. A dense layer on them is the causal convolution; PyTorch's own now and then gave a gradient that was not finite.
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

    /** The raw outputs at each anchor, [B, anchors, horizon, 3]. */
    private NDArray head(ParameterStore store, NDArray states, boolean training) {
        NDArray anchored = states.get(":, " + FIRST_ANCHOR + ":, :");
        NDArray scores = run(query, store, anchored, training)
                .matMul(states.transpose(0, 2, 1))
                .mul((float) (1 / Math.sqrt(size.hidden())))
                .add(causalMask(states.getManager()));
        NDArray context = scores.softmax(2).matMul(states);
        NDArray seen = run(dropout, store, anchored.concat(context, 2), training);
        NDArray hidden = Activation.relu(run(dense, store, seen, training));
        return run(out, store, hidden, training).reshape(-1, ANCHORS, HORIZON, 3);
    }

    /** The linear forecast at each anchor, [B, anchors, horizon]. */
    private NDArray linear(ParameterStore store, NDArray logLoad, Hours hours, boolean training) {
        NDArray ratios = lagged(logLoad, FIRST_ANCHOR, ANCHORS, FIRST_ANCHOR, -1)
                .sub(anchors(logLoad).expandDims(2))
                .reshape(-1, 1, FIRST_ANCHOR);
        NDArray hourOfWeek = hours.ofWeek(FIRST_ANCHOR + 1, ANCHORS);
        NDArray weights = embed(store, linearWeights, hourOfWeek, training).reshape(-1, FIRST_ANCHOR, HORIZON);
        return ratios.matMul(weights).reshape(-1, ANCHORS, HORIZON).add(embed(store, linearBias, hourOfWeek, training));
    }

    private static NDArray anchors(NDArray logLoad) {
        return logLoad.get(":, " + FIRST_ANCHOR + ":" + LOOKBACK);
    }

    /** The values 1 … count steps after (step = 1) or before (−1) each of some consecutive hours: [B, hours, count]. */
    private static NDArray lagged(NDArray values, int firstHour, int hours, int count, int step) {
        long[] indices = new long[hours * count];
        for (int i = 0; i < indices.length; i++) {
            indices[i] = firstHour + i / count + (long) step * (i % count + 1);
        }
        return pick(values, indices, hours, count);
    }

    /** For each row, the values that the indices name, as [B, rows, columns]. */
    private static NDArray pick(NDArray values, long[] indices, int rows, int columns) {
        long batch = values.getShape().get(0);
        NDArray index = values.getManager().create(indices, new Shape(1, indices.length));
        return values.gather(index.broadcast(batch, indices.length), 1).reshape(batch, rows, columns);
    }

    /** [anchors, lookback]: 0 where an anchor may look, a large negative number at the hours after it. */
    private static NDArray causalMask(NDManager manager) {
        float[] mask = new float[ANCHORS * LOOKBACK];
        for (int anchor = 0; anchor < ANCHORS; anchor++) {
            for (int hour = FIRST_ANCHOR + anchor + 1; hour < LOOKBACK; hour++) {
                mask[anchor * LOOKBACK + hour] = MASKED;
            }
        }
        return manager.create(mask, new Shape(1, ANCHORS, LOOKBACK));
    }

    private static NDArray harmonics(NDArray dayOfYear) {
        NDArray angle = dayOfYear.mul((float) (2 * Math.PI / GruAttention.YEAR_DAYS));
        NDArray twice = angle.mul(2);
        return NDArrays.stack(new NDList(angle.sin(), angle.cos(), twice.sin(), twice.cos()), 2);
    }

    /** log(1 + exp(x)), without overflow. */
    private static NDArray softPlus(NDArray x) {
        return x.maximum(0f).add(x.abs().neg().exp().add(1f).log());
    }

    private static NDArray embed(ParameterStore store, Parameter table, NDArray indices, boolean training) {
        NDArray rows = store.getValue(table, indices.getDevice(), training);
        return indices.getNDArrayInternal()
                .embedding(indices, rows, SparseFormat.DENSE)
                .singletonOrThrow();
    }

    private static NDArray run(Block block, ParameterStore store, NDArray input, boolean training) {
        return block.forward(store, new NDList(input), training).head();
    }

    private Parameter table(String name, Initializer initializer, long rows, long columns) {
        return addParameter(Parameter.builder()
                .setName(name)
                .setType(Parameter.Type.OTHER)
                .optShape(new Shape(rows, columns))
                .optInitializer(initializer)
                .build());
    }

    /** The calendar input [B, lookback + horizon, 3] by meaning; hours count from the window's first. */
    private record Hours(NDArray calendar) {
        NDArray ofWeek(int first, int count) {
            NDArray hour = feature(CalendarFeature.HOUR_OF_DAY, first, count);
            NDArray day = feature(CalendarFeature.DAY_OF_WEEK, first, count);
            return day.mul(24).add(hour).toType(DataType.INT64, false);
        }

        NDArray ofYear(int first, int count) {
            return feature(CalendarFeature.DAY_OF_YEAR, first, count);
        }

        private NDArray feature(CalendarFeature feature, int first, int count) {
            return calendar.get(":, {}:{}, {}", first, first + count, GruAttention.CALENDAR.indexOf(feature));
        }
    }
}
