package io.loadcast.zoo.seq2seq;

import io.loadcast.onnxgraph.Value;
import io.loadcast.zoo.Weights;
import io.loadcast.zoo.logratio.LogRatioGraph;
import io.loadcast.zoo.logratio.RecurrentCell;
import io.loadcast.zoo.logratio.RecurrentLayers;

/** The serving half of {@link Seq2seq}; formulas there. What decodes on the same states may extend it. */
public class Seq2seqGraph extends LogRatioGraph {
    private final Size size;

    protected Seq2seqGraph(String name, Size size, Weights weights) {
        super(name, weights);
        this.size = size;
    }

    @Override
    protected final Value atLastHour(Value steps, Value hours) {
        Value states = new RecurrentLayers(graph, weights, "encoder", RecurrentCell.GRU)
                .states(graph.transpose(steps, 1, 0, 2));
        return joined(graph.transpose(decoded(last(states), hours, "decoder"), 1, 0, 2), states);
    }

    /**
     * One vector of the decoded hours.
     *
     * @param decoded [B, horizon, decoded]
     * @param states of the encoder, [lookback, B, encoded]
     * @return [B, width]
     */
    protected Value joined(Value decoded, Value states) {
        return graph.op("Reshape", decoded, graph.longs(0, size.decodedWidth()));
    }
}
