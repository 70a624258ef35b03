package io.loadcast.zoo.article;

import static io.loadcast.zoo.article.ArticleArchitecture.CALENDAR;
import static io.loadcast.zoo.article.ArticleArchitecture.DISTANCE;
import static io.loadcast.zoo.article.ArticleArchitecture.HORIZON;
import static io.loadcast.zoo.article.ArticleArchitecture.INPUTS;
import static io.loadcast.zoo.article.ArticleArchitecture.LOOKBACK;

import io.loadcast.domain.RegionScale;
import io.loadcast.onnxgraph.Attribute;
import io.loadcast.onnxgraph.GraphBuilder;
import io.loadcast.onnxgraph.OnnxModel;
import io.loadcast.onnxgraph.Value;
import io.loadcast.zoo.ScaledInterval;
import io.loadcast.zoo.Weights;
import io.loadcast.zoo.logratio.RecurrentCell;
import io.loadcast.zoo.logratio.RecurrentLayers;
import java.util.List;

/** The serving half of an {@link ArticleArchitecture}; formulas there. For one model: builds it once. */
final class ArticleGraph {
    private final GraphBuilder graph;
    private final RecurrentCell cell;
    private final Weights weights;

    ArticleGraph(String name, RecurrentCell cell, Weights weights) {
        this.graph = new GraphBuilder(name);
        this.cell = cell;
        this.weights = weights;
    }

    OnnxModel build() {
        Value loadMw = graph.input("load_mw", LOOKBACK);
        Value calendar = graph.input("calendar", LOOKBACK + HORIZON, CALENDAR.size());
        Value region = graph.input("region", RegionScale.numbers(CALENDAR.size()));
        Value hours = graph.transpose(scaled(loadMw, calendar, region), 1, 0, 2);
        Value states = new RecurrentLayers(graph, weights, cell.key(), cell).states(hours);
        Value last = graph.squeeze(graph.slice(states, 0, LOOKBACK - 1, LOOKBACK), 0);
        Value median = graph.op(
                "Gemm",
                List.of(graph.op("Relu", last), weight("out_weight"), weight("out_bias")),
                Attribute.of("transB", 1));
        Value scaled = graph.op("Add", graph.unsqueeze(median, 2), distances());
        Value widthMw = graph.unsqueeze(graph.slice(region, 1, INPUTS, INPUTS + 1), 2);
        Value minMw = graph.unsqueeze(graph.slice(region, 1, 0, 1), 2);
        Value quantilesMw = graph.op("Add", graph.op("Mul", scaled, widthMw), minMw);
        graph.output("quantiles_mw", graph.op("Max", quantilesMw, graph.scalar(0)), HORIZON, 3);
        return graph.build();
    }

    /** What the layers see of each hour of the lookback, [B, lookback, inputs]. */
    private Value scaled(Value loadMw, Value calendar, Value region) {
        Value raw = graph.concat(2, graph.unsqueeze(loadMw, 2), graph.slice(calendar, 1, 0, LOOKBACK));
        Value minima = graph.unsqueeze(graph.slice(region, 1, 0, INPUTS), 1);
        Value widths = graph.unsqueeze(graph.slice(region, 1, INPUTS, 2L * INPUTS), 1);
        return graph.op("Div", graph.op("Sub", raw, minima), widths);
    }

    /** How far each quantile lies from the median, [1, horizon, 3], in the order of {@link ArticleArchitecture#QUANTILES}. */
    private Value distances() {
        float[] factors = weights.get(ScaledInterval.INTERVAL_SCALE).values();
        float[] distances = new float[HORIZON * 3];
        for (int h = 0; h < HORIZON; h++) {
            distances[3 * h] = -DISTANCE * factors[2 * h];
            distances[3 * h + 2] = DISTANCE * factors[2 * h + 1];
        }
        return graph.floats("distances", distances, 1, HORIZON, 3);
    }

    private Value weight(String name) {
        Weights.Tensor tensor = weights.get(name);
        return graph.floats(name, tensor.values(), tensor.shape());
    }
}
