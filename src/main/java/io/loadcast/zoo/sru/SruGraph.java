package io.loadcast.zoo.sru;

import static io.loadcast.zoo.logratio.LogRatioArchitecture.LOOKBACK;

import io.loadcast.onnxgraph.GraphBuilder;
import io.loadcast.onnxgraph.Value;
import io.loadcast.zoo.Weights;
import io.loadcast.zoo.logratio.LogRatioGraph;
import java.util.List;

/** The serving half of {@link Sru}; formulas there. */
final class SruGraph extends LogRatioGraph {
    private final int hidden;

    SruGraph(String name, int hidden, Weights weights) {
        super(name, weights);
        this.hidden = hidden;
    }

    @Override
    protected Value atLastHour(Value steps, Value hours) {
        Value products =
                graph.op("MatMul", graph.transpose(steps, 1, 0, 2), graph.transpose(weight("sru_weight"), 1, 0));
        Value stateWeight = weight("sru_state_weight");
        Value bias = weight("sru_state_bias");
        Value states = states(part(products, 0), graph.op("Add", part(products, 1), row(bias, 0)), row(stateWeight, 0));

        Value before = last(graph.slice(states, 0, 0, LOOKBACK));
        Value after = last(graph.slice(states, 0, 1, LOOKBACK + 1));
        Value seen = graph.op("Mul", before, row(stateWeight, 1));
        Value gate = graph.op("Add", graph.op("Add", last(part(products, 2)), row(bias, 1)), seen);
        return mix(graph, last(part(products, 3)), after, graph.op("Sigmoid", gate));
    }

    /** The state before the window and after each of its hours, [1 + lookback, B, hidden]. */
    private Value states(Value candidates, Value forget, Value weight) {
        Value before = graph.op("ConstantOfShape", graph.op("Shape", last(candidates)));
        Value states = graph.scan(before, List.of(candidates, forget), (hour, state, inputs) -> {
            Value gate = hour.op("Add", inputs.get(1), hour.op("Mul", state, weight));
            return mix(hour, inputs.get(0), state, hour.op("Sigmoid", gate));
        });
        return graph.concat(0, graph.unsqueeze(before, 0), states);
    }

    /** gate ∘ to + (1 − gate) ∘ from. */
    private static Value mix(GraphBuilder builder, Value from, Value to, Value gate) {
        return builder.op("Add", from, builder.op("Mul", builder.op("Sub", to, from), gate));
    }

    /** One of the stacked products of all hours, [lookback, B, hidden]. */
    private Value part(Value products, int number) {
        return graph.slice(products, 2, (long) number * hidden, (number + 1L) * hidden);
    }

    /** [1, hidden]. */
    private Value row(Value tensor, int number) {
        return graph.slice(tensor, 0, number, number + 1L);
    }
}
