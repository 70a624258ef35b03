/**
 * ONNX model files as values: a small builder that writes graphs, and a reader of what a file says of itself. The protobuf
 * classes stay behind this package's types.
 */
@NullMarked
package io.loadcast.onnxgraph;

import org.jspecify.annotations.NullMarked;
