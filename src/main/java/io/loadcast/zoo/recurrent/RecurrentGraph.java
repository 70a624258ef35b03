package io.loadcast.zoo.recurrent;

import io.loadcast.onnxgraph.Value;
import io.loadcast.zoo.Weights;
import io.loadcast.zoo.logratio.LogRatioGraph;
import io.loadcast.zoo.logratio.RecurrentCell;
import io.loadcast.zoo.logratio.RecurrentLayers;

/** The serving half of a {@link RecurrentArchitecture}; formulas there. */
final class RecurrentGraph extends LogRatioGraph {
    private final RecurrentCell cell;

    RecurrentGraph(RecurrentCell cell, Weights weights) {
        super(cell.key(), weights);
        this.cell = cell;
    }

    @Override
    protected Value atLastHour(Value steps, Value hours) {
        return last(new RecurrentLayers(graph, weights, cell.key(), cell).states(graph.transpose(steps, 1, 0, 2)));
    }
}
