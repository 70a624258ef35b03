package io.loadcast.zoo.seq2seqattention;

import io.loadcast.onnxgraph.Attribute;
import io.loadcast.onnxgraph.Value;
import io.loadcast.zoo.Weights;
import io.loadcast.zoo.seq2seq.Seq2seqGraph;
import java.util.List;

/** The serving half of {@link Seq2seqAttention}; formulas there. */
final class Seq2seqAttentionGraph extends Seq2seqGraph {
    private final AttentionSize size;

    Seq2seqAttentionGraph(String name, AttentionSize size, Weights weights) {
        super(name, size.coder(), weights);
        this.size = size;
    }

    @Override
    protected Value joined(Value decoded, Value states) {
        Value product = product(graph.concat(2, decoded, contexts(decoded, states)), "joint");
        Value joint = graph.op("Tanh", graph.op("Add", product, weight("joint_bias")));
        return graph.op("Reshape", joint, graph.longs(0, size.jointWidth()));
    }

    /** Attention from each decoded hour over all states, [B, horizon, encoded]. */
    private Value contexts(Value decoded, Value states) {
        Value scores = graph.op(
                "Mul",
                graph.op("MatMul", product(decoded, "query"), graph.transpose(states, 1, 2, 0)),
                graph.scalar(size.scoreScale()));
        Value shares = graph.op("Softmax", List.of(scores), Attribute.of("axis", 2));
        return graph.op("MatMul", shares, graph.transpose(states, 1, 0, 2));
    }

    /** The matrix of a dense layer times each hour, [B, horizon, units]. */
    private Value product(Value hourly, String name) {
        return graph.op("MatMul", hourly, graph.transpose(weight(name + "_weight"), 1, 0));
    }
}
