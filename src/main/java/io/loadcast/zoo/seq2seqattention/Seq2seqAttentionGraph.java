package io.loadcast.zoo.seq2seqattention;

import static io.loadcast.zoo.logratio.LogRatioArchitecture.HORIZON;

import io.loadcast.onnxgraph.Attribute;
import io.loadcast.onnxgraph.Value;
import io.loadcast.zoo.Weights;
import io.loadcast.zoo.logratio.LogRatioGraph;
import io.loadcast.zoo.logratio.RecurrentLayer;
import java.util.List;

/** The serving half of {@link Seq2seqAttention}; formulas there. */
final class Seq2seqAttentionGraph extends LogRatioGraph {
    Seq2seqAttentionGraph(String name, Weights weights) {
        super(name, weights);
    }

    @Override
    protected Value atLastHour(Value steps, Value hours) {
        Value states = new RecurrentLayer(graph, weights, "encoder").gru(graph.transpose(steps, 1, 0, 2));
        Value decoded = graph.transpose(decoded(last(states), hours, "decoder"), 1, 0, 2);
        Value product = product(graph.concat(2, decoded, contexts(decoded, states)), "joint");
        Value joint = graph.op("Tanh", graph.op("Add", product, weight("joint_bias")));
        return graph.op("Reshape", joint, graph.longs(0, (long) HORIZON * Seq2seqAttention.JOINT));
    }

    /** Attention from each decoded hour over all states, [B, horizon, encoded]. */
    private Value contexts(Value decoded, Value states) {
        Value scores = graph.op(
                "Mul",
                graph.op("MatMul", product(decoded, "query"), graph.transpose(states, 1, 2, 0)),
                graph.scalar(Seq2seqAttention.SCORE_SCALE));
        Value shares = graph.op("Softmax", List.of(scores), Attribute.of("axis", 2));
        return graph.op("MatMul", shares, graph.transpose(states, 1, 0, 2));
    }

    /** The matrix of a dense layer times each hour, [B, horizon, units]. */
    private Value product(Value hourly, String name) {
        return graph.op("MatMul", hourly, graph.transpose(weight(name + "_weight"), 1, 0));
    }
}
