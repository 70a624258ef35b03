package io.loadcast.onnxgraph;

/** Bytes that are not a readable ONNX model. */
public final class OnnxFormatException extends Exception {
    private static final long serialVersionUID = 1L;

    OnnxFormatException(String message) {
        super(message);
    }
}
