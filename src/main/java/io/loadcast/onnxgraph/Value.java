package io.loadcast.onnxgraph;

/**
 * A tensor that flows through a graph under construction: an input, a constant or the output of a node.
 *
 * @param name its name in the graph, unique there
 */
public record Value(String name) {}
