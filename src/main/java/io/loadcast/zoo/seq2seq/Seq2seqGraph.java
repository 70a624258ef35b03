package io.loadcast.zoo.seq2seq;

import static io.loadcast.zoo.logratio.LogRatioArchitecture.HORIZON;

import io.loadcast.onnxgraph.Value;
import io.loadcast.zoo.Weights;
import io.loadcast.zoo.logratio.LogRatioGraph;
import io.loadcast.zoo.logratio.RecurrentLayer;

/** The serving half of {@link Seq2seq}; formulas there. */
final class Seq2seqGraph extends LogRatioGraph {
    Seq2seqGraph(String name, Weights weights) {
        super(name, weights);
    }

    @Override
    protected Value atLastHour(Value steps, Value hours) {
        Value states = new RecurrentLayer(graph, weights, "encoder").gru(graph.transpose(steps, 1, 0, 2));
        Value decoded = graph.transpose(decoded(last(states), hours, "decoder"), 1, 0, 2);
        return graph.op("Reshape", decoded, graph.longs(0, (long) HORIZON * Seq2seq.DECODED));
    }
}
