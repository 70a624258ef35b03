package io.loadcast.zoo.gruattention;

import io.loadcast.onnxgraph.Attribute;
import io.loadcast.onnxgraph.Value;
import io.loadcast.zoo.Weights;
import io.loadcast.zoo.logratio.LogRatioGraph;
import io.loadcast.zoo.logratio.RecurrentCell;
import io.loadcast.zoo.logratio.RecurrentLayers;
import io.loadcast.zoo.logratio.StepFeatures;
import java.util.List;

/** The serving half of {@link GruAttention}; formulas there. */
final class GruAttentionGraph extends LogRatioGraph {
    private final Size size;

    GruAttentionGraph(String name, Size size, Weights weights) {
        super(name, weights);
        this.size = size;
    }

    @Override
    protected Value atLastHour(Value steps, Value hours) {
        Value local = graph.op(
                "Conv",
                List.of(graph.transpose(steps, 0, 2, 1), convolution(), weight("conv_bias")),
                Attribute.of("kernel_shape", new long[] {size.kernel()}),
                Attribute.of("pads", size.kernel() - 1, 0));
        Value sequence = graph.transpose(graph.op("Relu", local), 2, 0, 1);
        Value states = new RecurrentLayers(graph, weights, "gru", RecurrentCell.GRU).states(sequence);
        Value last = last(states);
        return graph.concat(1, last, context(last, states));
    }

    /** Attention from the last state over all states: [B, hidden]. */
    private Value context(Value last, Value states) {
        Value query = graph.op("Gemm", List.of(last, weight("query_weight")), Attribute.of("transB", 1));
        Value keys = graph.transpose(states, 1, 2, 0);
        Value scores = graph.op("Mul", graph.op("MatMul", graph.unsqueeze(query, 1), keys), graph.scalar((float)
                (1 / Math.sqrt(size.hidden()))));
        Value attention = graph.op("Softmax", List.of(scores), Attribute.of("axis", 2));
        return graph.squeeze(graph.op("MatMul", attention, graph.transpose(states, 1, 0, 2)), 1);
    }

    /** The network's dense layer on unfolded hours, [filters, kernel · features], as [filters, features, kernel]. */
    private Value convolution() {
        float[] dense = weights.get("conv_weight").values();
        int features = StepFeatures.COUNT;
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
}
