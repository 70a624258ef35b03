package io.loadcast.zoo.gruattention;

import static io.loadcast.zoo.LinearForecast.HOURS_OF_WEEK;
import static io.loadcast.zoo.gruattention.GruAttention.FIRST_ANCHOR;
import static io.loadcast.zoo.gruattention.GruAttention.HORIZON;
import static io.loadcast.zoo.gruattention.GruAttention.LOOKBACK;

import io.loadcast.domain.CalendarFeature;
import io.loadcast.onnxgraph.Attribute;
import io.loadcast.onnxgraph.GraphBuilder;
import io.loadcast.onnxgraph.OnnxModel;
import io.loadcast.onnxgraph.Value;
import io.loadcast.zoo.Weights;
import java.util.List;
import java.util.stream.LongStream;

/** The serving half of {@link GruAttention}, with the forecast from the window's last hour only; formulas there. */
final class GruAttentionGraph {
    private static final int LAST = LOOKBACK - 1;

    private final Size size;
    private final Weights weights;
    private final GraphBuilder graph = new GraphBuilder("gru-attention");

    GruAttentionGraph(Size size, Weights weights) {
        this.size = size;
        this.weights = weights;
    }

    OnnxModel build() {
        Value loadMw = graph.input("load_mw", LOOKBACK);
        Value calendar = graph.input("calendar", LOOKBACK + HORIZON, GruAttention.CALENDAR.size());
        Value dayOfYear = feature(calendar, CalendarFeature.DAY_OF_YEAR);
        Value hourOfWeek = hourOfWeek(calendar);

        Value load = graph.op("Max", loadMw, floorMw(loadMw));
        Value level = graph.mean(graph.slice(load, 1, 0, FIRST_ANCHOR + 1), 1);
        Value logLoad = graph.op("Log", graph.op("Div", load, level));

        Value states = states(steps(logLoad, hourOfWeek, dayOfYear));
        Value raw = head(states);
        Value linear = linear(logLoad, hourOfWeek);
        Value last = graph.unsqueeze(graph.slice(load, 1, LAST, LOOKBACK), 2);
        graph.output("quantiles_mw", graph.op("Mul", last, graph.op("Exp", logRatios(linear, raw))), HORIZON, 3);
        return graph.build();
    }

    private Value floorMw(Value loadMw) {
        Value share = graph.op("Mul", graph.mean(loadMw, 1), graph.scalar(GruAttention.FLOOR_SHARE));
        return graph.op("Add", share, graph.scalar(GruAttention.FLOOR_MW));
    }

    /** [B, lookback + horizon], int64. */
    private Value hourOfWeek(Value calendar) {
        Value hour = feature(calendar, CalendarFeature.HOUR_OF_DAY);
        Value day = feature(calendar, CalendarFeature.DAY_OF_WEEK);
        return integer(graph.op("Add", graph.op("Mul", day, graph.scalar(24)), hour));
    }

    /** [B, lookback + horizon]. */
    private Value feature(Value calendar, CalendarFeature feature) {
        return graph.gather(calendar, index(feature.key(), GruAttention.CALENDAR.indexOf(feature)), 2);
    }

    /** What goes into the convolution at each hour, [B, lookback, features]. */
    private Value steps(Value logLoad, Value hourOfWeek, Value dayOfYear) {
        Value lags = graph.longs(
                "lag_indices", size.lagIndices(), LOOKBACK, size.lags().size());
        Value column = graph.unsqueeze(logLoad, 2);
        Value differences = graph.op("Sub", column, graph.gather(logLoad, lags, 1));
        Value hours = graph.gather(weight("hour_embedding"), next(hourOfWeek), 0);
        Value angle = graph.op("Mul", next(dayOfYear), graph.scalar((float) (2 * Math.PI / GruAttention.YEAR_DAYS)));
        Value yearly = graph.unsqueeze(angle, 2);
        Value halfYearly = graph.op("Mul", yearly, graph.scalar(2));
        return graph.concat(
                2,
                column,
                differences,
                hours,
                graph.op("Sin", yearly),
                graph.op("Cos", yearly),
                graph.op("Sin", halfYearly),
                graph.op("Cos", halfYearly));
    }

    /** The GRU's state after each hour, hour by hour: [lookback, B, hidden]. */
    private Value states(Value steps) {
        Value local = graph.op(
                "Conv",
                List.of(graph.transpose(steps, 0, 2, 1), convolution(), weight("conv_bias")),
                Attribute.of("kernel_shape", new long[] {size.kernel()}),
                Attribute.of("pads", size.kernel() - 1, 0));
        Value sequence = graph.transpose(graph.op("Relu", local), 2, 0, 1);
        int gates = 3 * size.hidden();
        Value input =
                graph.floats("gru_w", zrh(weights.get("gru_l_0_i2h_WEIGHT").values()), 1, gates, size.filters());
        Value recurrent =
                graph.floats("gru_r", zrh(weights.get("gru_l_0_h2h_WEIGHT").values()), 1, gates, size.hidden());
        float[] bias = new float[2 * gates];
        System.arraycopy(zrh(weights.get("gru_l_0_i2h_BIAS").values()), 0, bias, 0, gates);
        System.arraycopy(zrh(weights.get("gru_l_0_h2h_BIAS").values()), 0, bias, gates, gates);
        Value states = graph.op(
                "GRU",
                List.of(sequence, input, recurrent, graph.floats("gru_b", bias, 1, 2L * gates)),
                Attribute.of("hidden_size", size.hidden()),
                Attribute.of("linear_before_reset", 1)); // as PyTorch: the reset gate acts on U·h + b
        return graph.squeeze(states, 1);
    }

    /** The raw outputs, [B, horizon, 3]. */
    private Value head(Value states) {
        Value last = graph.gather(states, index("last", LAST), 0);
        Value query = graph.op("Gemm", List.of(last, weight("query_weight")), Attribute.of("transB", 1));
        Value keys = graph.transpose(states, 1, 2, 0);
        Value scores = graph.op("Mul", graph.op("MatMul", graph.unsqueeze(query, 1), keys), graph.scalar((float)
                (1 / Math.sqrt(size.hidden()))));
        Value attention = graph.op("Softmax", List.of(scores), Attribute.of("axis", 2));
        Value context = graph.squeeze(graph.op("MatMul", attention, graph.transpose(states, 1, 0, 2)), 1);
        Value hidden = graph.op("Relu", dense(graph.concat(1, last, context), "dense"));
        return graph.op("Reshape", dense(hidden, "out"), graph.longs(0, HORIZON, 3));
    }

    /** The linear forecast, [B, horizon, 1]. */
    private Value linear(Value logLoad, Value hourOfWeek) {
        Value hour = graph.gather(hourOfWeek, index("next_hour", LOOKBACK), 1);
        Value table = graph.floats(
                "linear_weights", weights.get("linear_weights").values(), HOURS_OF_WEEK, FIRST_ANCHOR, HORIZON);
        long[] backwards =
                LongStream.rangeClosed(1, FIRST_ANCHOR).map(k -> LAST - k).toArray();
        Value ratios = graph.op(
                "Sub", graph.gather(logLoad, graph.longs(backwards), 1), graph.slice(logLoad, 1, LAST, LOOKBACK));
        Value product = graph.op("MatMul", graph.unsqueeze(ratios, 1), graph.gather(table, hour, 0));
        Value sum = graph.op("Add", graph.squeeze(product, 1), graph.gather(weight("linear_bias"), hour, 0));
        return graph.unsqueeze(sum, 2);
    }

    /** The quantiles of the log-ratio, [B, horizon, 3]. */
    private Value logRatios(Value linear, Value raw) {
        Value median = graph.op(
                "Clip",
                graph.op("Add", linear, graph.slice(raw, 2, 0, 1)),
                graph.scalar(-GruAttention.MAX_LOG_RATIO),
                graph.scalar(GruAttention.MAX_LOG_RATIO));
        Value below = graph.op("Softplus", graph.slice(raw, 2, 1, 2));
        Value above = graph.op("Softplus", graph.slice(raw, 2, 2, 3));
        return graph.concat(2, graph.op("Sub", median, below), median, graph.op("Add", median, above));
    }

    /** The values of the hour after each hour of the lookback. */
    private Value next(Value hourly) {
        return graph.slice(hourly, 1, 1, LOOKBACK + 1);
    }

    private Value dense(Value input, String name) {
        return graph.op(
                "Gemm", List.of(input, weight(name + "_weight"), weight(name + "_bias")), Attribute.of("transB", 1));
    }

    private Value weight(String name) {
        Weights.Tensor tensor = weights.get(name);
        return graph.floats(name, tensor.values(), tensor.shape());
    }

    /** The network's dense layer on unfolded hours, [filters, kernel · features], as [filters, features, kernel]. */
    private Value convolution() {
        float[] dense = weights.get("conv_weight").values();
        int features = size.features();
        int kernel = size.kernel();
        float[] filters = new float[dense.length];
        for (int i = 0; i < dense.length; i++) {
            int filter = i / (kernel * features);
            int hour = i / features % kernel;
            int feature = i % features;
            filters[(filter * features + feature) * kernel + hour] = dense[i];
        }
        return graph.floats("conv_weight", filters, size.filters(), features, kernel);
    }

    /** A single index, without axes, so that a gather drops its axis. */
    private Value index(String name, long value) {
        return graph.longs("index_" + name, new long[] {value});
    }

    private Value integer(Value value) {
        return graph.op("Cast", List.of(value), Attribute.of("to", 7)); // TensorProto.DataType.INT64
    }

    /** PyTorch stacks a GRU's gates as reset, update, new; ONNX as update, reset, hidden. */
    private static float[] zrh(float[] rzn) {
        int gate = rzn.length / 3;
        float[] reordered = rzn.clone();
        System.arraycopy(rzn, gate, reordered, 0, gate);
        System.arraycopy(rzn, 0, reordered, gate, gate);
        return reordered;
    }
}
