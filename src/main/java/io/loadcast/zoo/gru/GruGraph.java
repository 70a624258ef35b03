package io.loadcast.zoo.gru;

import io.loadcast.onnxgraph.Value;
import io.loadcast.zoo.Weights;
import io.loadcast.zoo.logratio.LogRatioGraph;
import io.loadcast.zoo.logratio.RecurrentLayer;

/** The serving half of {@link Gru}; formulas there. */
final class GruGraph extends LogRatioGraph {
    GruGraph(String name, Weights weights) {
        super(name, weights);
    }

    @Override
    protected Value atLastHour(Value steps, Value hours) {
        return last(new RecurrentLayer(graph, weights, "gru").gru(graph.transpose(steps, 1, 0, 2)));
    }
}
