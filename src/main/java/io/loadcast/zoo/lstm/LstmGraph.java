package io.loadcast.zoo.lstm;

import io.loadcast.onnxgraph.Value;
import io.loadcast.zoo.Weights;
import io.loadcast.zoo.logratio.LogRatioGraph;
import io.loadcast.zoo.logratio.RecurrentLayer;

/** The serving half of {@link Lstm}; formulas there. */
final class LstmGraph extends LogRatioGraph {
    LstmGraph(String name, Weights weights) {
        super(name, weights);
    }

    @Override
    protected Value atLastHour(Value steps, Value hours) {
        return last(new RecurrentLayer(graph, weights, "lstm").lstm(graph.transpose(steps, 1, 0, 2)));
    }
}
