package io.loadcast.zoo.linear;

import io.loadcast.onnxgraph.Value;
import io.loadcast.zoo.Weights;
import io.loadcast.zoo.logratio.LogRatioGraph;

/** The serving half of {@link LinearOnly}; formulas there. */
final class LinearGraph extends LogRatioGraph {
    LinearGraph(String name, Weights weights) {
        super(name, weights);
    }

    @Override
    protected Value atLastHour(Value steps, Value hours) {
        return graph.slice(graph.slice(steps, 1, 0, 1), 2, 0, 0);
    }
}
