package io.loadcast.zoo.transformer;

import static io.loadcast.zoo.logratio.LogRatioArchitecture.LOOKBACK;

import io.loadcast.onnxgraph.Attribute;
import io.loadcast.onnxgraph.Value;
import io.loadcast.zoo.Weights;
import io.loadcast.zoo.logratio.LogRatioGraph;
import java.util.List;

/** The serving half of {@link Transformer}; formulas there. */
final class TransformerGraph extends LogRatioGraph {
    private final Width width;
    private final int layers;
    private final Value mask;

    TransformerGraph(String name, Width width, int layers, Weights weights) {
        super(name, weights);
        this.width = width;
        this.layers = layers;
        mask = graph.floats("causal_mask", Transformer.causalMask(), 1, 1, LOOKBACK, LOOKBACK);
    }

    @Override
    protected Value atLastHour(Value steps, Value hours) {
        Value positions = graph.floats("positions", width.positions(), 1, LOOKBACK, width.numbers());
        Value encoded = graph.op("Add", hourly(steps, "embedding"), positions);
        for (int i = 0; i < layers; i++) {
            encoded = encode(encoded, Transformer.layer(i));
        }
        return norm(last(graph.transpose(encoded, 1, 0, 2)), "norm");
    }

    /** One layer, [B, lookback, width] in and out. */
    private Value encode(Value hours, String layer) {
        Value seen = graph.op("Add", hours, attention(norm(hours, layer + "_attention_norm"), layer));
        Value inner = graph.op("Relu", hourly(norm(seen, layer + "_dense_norm"), layer + "_wide"));
        return graph.op("Add", seen, hourly(inner, layer + "_narrow"));
    }

    private Value attention(Value hours, String layer) {
        Value queries = heads(hourly(hours, layer + "_query"), 0, 2, 1, 3);
        Value keys = heads(hourly(hours, layer + "_key"), 0, 2, 3, 1);
        Value values = heads(hourly(hours, layer + "_value"), 0, 2, 1, 3);
        Value scores = graph.op("Mul", graph.op("MatMul", queries, keys), graph.scalar(width.scoreScale()));
        Value shares = graph.op("Softmax", List.of(graph.op("Add", scores, mask)), Attribute.of("axis", 3));
        Value contexts = graph.transpose(graph.op("MatMul", shares, values), 0, 2, 1, 3);
        Value joined = graph.op("Reshape", contexts, graph.longs(0, LOOKBACK, width.numbers()));
        return hourly(joined, layer + "_attended");
    }

    /** [B, lookback, width] as [B, lookback, heads, width / heads], with its axes in another order. */
    private Value heads(Value hours, long... order) {
        return graph.transpose(
                graph.op("Reshape", hours, graph.longs(0, LOOKBACK, Transformer.HEADS, width.perHead())), order);
    }

    /** A dense layer of the network on each hour. */
    private Value hourly(Value hours, String name) {
        Value product = graph.op("MatMul", hours, graph.transpose(weight(name + "_weight"), 1, 0));
        return graph.op("Add", product, weight(name + "_bias"));
    }

    private Value norm(Value input, String name) {
        return graph.op("LayerNormalization", input, weight(name + "_gamma"), weight(name + "_beta"));
    }
}
