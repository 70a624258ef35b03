package io.loadcast.onnxgraph;

import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.StringStringEntryProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import com.google.protobuf.InvalidProtocolBufferException;
import java.util.List;

/** Models small enough to reason about. */
public final class TinyModels {
    private TinyModels() {}

    /** Forecasts the last load for each hour, with quantiles 10 % apart: the shapes of a real model, no learning. */
    public static OnnxModel persistence(int lookback, int horizon, int features) {
        GraphBuilder graph = new GraphBuilder("persistence");
        Value load = graph.input("load_mw", lookback);
        graph.input("calendar", lookback + horizon, features);
        Value last = graph.unsqueeze(graph.slice(load, 1, lookback - 1, lookback), 2);
        return spread(graph, last, horizon);
    }

    /** Forecasts the width of the load's range in the region, with quantiles 10 % apart: the shapes of a model that is scaled by region. */
    public static OnnxModel loadRange(int lookback, int horizon, int features) {
        GraphBuilder graph = new GraphBuilder("load-range");
        graph.input("load_mw", lookback);
        graph.input("calendar", lookback + horizon, features);
        Value region = graph.input("region", 2L * (1 + features));
        Value width = graph.unsqueeze(graph.slice(region, 1, 1 + features, 2 + features), 2);
        return spread(graph, width, horizon);
    }

    /** Forecasts the region's number in MW, with quantiles 10 % apart: the shapes of a model that knows regions. */
    public static OnnxModel regionNumber(int lookback, int horizon, int features) {
        GraphBuilder graph = new GraphBuilder("region-number");
        graph.input("load_mw", lookback);
        graph.input("calendar", lookback + horizon, features);
        return spread(graph, graph.unsqueeze(graph.input("region", 1), 2), horizon);
    }

    /**
     * Repeats the last day of 90 hours, as the median of 24; the quantiles around it are the least and the most of that hour of all days, the
     * oldest one being cut short. Every step is exact, so that what it forecasts can be told without it.
     */
    public static OnnxModel dailyRange(int features) {
        GraphBuilder graph = new GraphBuilder("daily-range");
        Value load = graph.input("load_mw", 90);
        graph.input("calendar", 114, features);
        Value[] days = {
            graph.slice(load, 1, 0, 24),
            graph.slice(load, 1, 24, 48),
            graph.slice(load, 1, 48, 72),
            graph.slice(load, 1, 66, 90)
        };
        Value p10 = graph.unsqueeze(graph.op("Min", days), 2);
        Value p50 = graph.unsqueeze(days[3], 2);
        Value p90 = graph.unsqueeze(graph.op("Max", days), 2);
        graph.output("quantiles_mw", graph.concat(2, p10, p50, p90), 24, 3);
        return graph.build();
    }

    /** Forecasts 0 / 0. */
    public static OnnxModel notANumber(int lookback, int horizon, int features) {
        GraphBuilder graph = new GraphBuilder("not-a-number");
        Value load = graph.input("load_mw", lookback);
        graph.input("calendar", lookback + horizon, features);
        Value last = graph.unsqueeze(graph.slice(load, 1, lookback - 1, lookback), 2);
        Value zero = graph.op("Sub", last, last);
        return spread(graph, graph.op("Div", zero, zero), horizon);
    }

    /** Forecasts the mean of the last loads of all windows of its batch. */
    public static OnnxModel meanOfBatch(int lookback, int horizon, int features) {
        GraphBuilder graph = new GraphBuilder("mean-of-batch");
        Value load = graph.input("load_mw", lookback);
        graph.input("calendar", lookback + horizon, features);
        Value last = graph.unsqueeze(graph.slice(load, 1, lookback - 1, lookback), 2);
        Value mean = graph.op("ReduceMean", List.of(last), Attribute.of("axes", new long[] {0}));
        Value same = graph.op("Add", graph.op("Sub", last, last), mean);
        return spread(graph, same, horizon);
    }

    /** As {@link #persistence}, with the quantiles the wrong way round. */
    public static OnnxModel crossing(int lookback, int horizon, int features) {
        GraphBuilder graph = new GraphBuilder("crossing");
        Value load = graph.input("load_mw", lookback);
        graph.input("calendar", lookback + horizon, features);
        Value last = graph.unsqueeze(graph.slice(load, 1, lookback - 1, lookback), 2);
        return spread(graph, graph.op("Neg", last), horizon);
    }

    private static OnnxModel spread(GraphBuilder graph, Value last, int horizon) {
        float[] factors = new float[horizon * 3];
        for (int i = 0; i < factors.length; i++) {
            factors[i] = 0.9f + 0.1f * (i % 3);
        }
        Value spread = graph.floats("factors", factors, 1, horizon, 3);
        graph.output("quantiles_mw", graph.op("Mul", last, spread), horizon, 3);
        return graph.build();
    }

    /** The same model with a constant's values moved to another file. */
    public static OnnxModel withExternalData(OnnxModel model) {
        ModelProto.Builder proto = parsed(model).toBuilder();
        TensorProto moved = proto.getGraph().getInitializer(0).toBuilder()
                .clearRawData()
                .setDataLocation(TensorProto.DataLocation.EXTERNAL)
                .addExternalData(
                        StringStringEntryProto.newBuilder().setKey("location").setValue("weights.bin"))
                .build();
        proto.getGraphBuilder().setInitializer(0, moved);
        return OnnxModel.of(proto.build());
    }

    private static ModelProto parsed(OnnxModel model) {
        try {
            return ModelProto.parseFrom(model.toByteArray());
        } catch (InvalidProtocolBufferException e) {
            throw new AssertionError(e);
        }
    }
}
