package io.loadcast.onnxgraph;

import java.util.List;

/** What a scan does at each entry of its sequences. */
@FunctionalInterface
public interface ScanStep {

    /**
     * Builds one step, once for all entries.
     *
     * @param step takes the nodes of the step; values of the graph around it can be used as well
     * @param state before the entry
     * @param entries one of each sequence, without the first axis
     * @return the state after the entry
     */
    Value build(GraphBuilder step, Value state, List<Value> entries);
}
