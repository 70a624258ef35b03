package io.loadcast.onnxgraph;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.AttributeProto.AttributeType;
import ai.onnx.proto.OnnxMl.GraphProto;
import java.util.Arrays;

/** A named constant of a node, fixed when the graph is built: an axis, a permutation, a hidden size, a step. */
public final class Attribute {
    private final AttributeProto proto;

    private Attribute(AttributeProto.Builder proto) {
        this.proto = proto.build();
    }

    public static Attribute of(String name, long value) {
        return new Attribute(AttributeProto.newBuilder()
                .setName(name)
                .setType(AttributeType.INT)
                .setI(value));
    }

    public static Attribute of(String name, long... values) {
        return new Attribute(AttributeProto.newBuilder()
                .setName(name)
                .setType(AttributeType.INTS)
                .addAllInts(Arrays.stream(values).boxed().toList()));
    }

    static Attribute of(String name, GraphProto value) {
        return new Attribute(AttributeProto.newBuilder()
                .setName(name)
                .setType(AttributeType.GRAPH)
                .setG(value));
    }

    AttributeProto proto() {
        return proto;
    }
}
