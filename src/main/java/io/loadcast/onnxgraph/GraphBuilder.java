package io.loadcast.onnxgraph;

import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.OperatorSetIdProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TensorShapeProto;
import ai.onnx.proto.OnnxMl.TypeProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import com.google.protobuf.ByteString;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * An ONNX graph under construction, node by node in the order of computation (operator set {@value #OPSET}, IR version
 * {@value #IR_VERSION}). Inputs and outputs are float32 and share a first axis of any length, {@code batch}. Not thread-safe.
 *
 * <p>The builder checks no shapes; ONNX Runtime does when it loads the model.
 */
public final class GraphBuilder {
    static final int OPSET = 17;
    static final int IR_VERSION = 8;

    private final GraphProto.Builder graph;
    private final String prefix;
    private int nodes;

    public GraphBuilder(String name) {
        this(name, "");
    }

    /** @param prefix of the names of its values, so that they differ from those of the graph around it */
    private GraphBuilder(String name, String prefix) {
        this.graph = GraphProto.newBuilder().setName(name);
        this.prefix = prefix;
    }

    /** A graph input of shape {@code [batch, shape…]}. */
    public Value input(String name, long... shape) {
        graph.addInput(floatTensor(name, shape));
        return new Value(name);
    }

    /** Makes a value a graph output of shape {@code [batch, shape…]}, under the given name. */
    public void output(String name, Value value, long... shape) {
        graph.addNode(NodeProto.newBuilder()
                .setOpType("Identity")
                .setName(name)
                .addInput(value.name())
                .addOutput(name));
        graph.addOutput(floatTensor(name, shape));
    }

    /**
     * A float32 constant.
     *
     * @param values row-major
     * @throws IllegalArgumentException if the shape does not hold that many values
     */
    public Value floats(String name, float[] values, long... shape) {
        ByteBuffer raw = littleEndian(values.length * Float.BYTES);
        raw.asFloatBuffer().put(values);
        return constant(name, TensorProto.DataType.FLOAT, raw, values.length, shape);
    }

    /** A float32 constant without axes. */
    public Value scalar(float value) {
        return floats(newName("scalar"), new float[] {value});
    }

    /** An int64 constant, row-major: indices, axes, shapes. */
    public Value longs(String name, long[] values, long... shape) {
        ByteBuffer raw = littleEndian(values.length * Long.BYTES);
        raw.asLongBuffer().put(values);
        return constant(name, TensorProto.DataType.INT64, raw, values.length, shape);
    }

    /** An int64 constant with one axis. */
    public Value longs(long... values) {
        return longs(newName("longs"), values, values.length);
    }

    /** The first output of a node without attributes. */
    public Value op(String type, Value... inputs) {
        return op(type, List.of(inputs));
    }

    /** The first output of a node; the operator's other outputs are left out. */
    public Value op(String type, List<Value> inputs, Attribute... attributes) {
        String name = newName(type.toLowerCase(Locale.ROOT));
        graph.addNode(NodeProto.newBuilder()
                .setOpType(type)
                .setName(name)
                .addAllInput(inputs.stream().map(Value::name).toList())
                .addOutput(name)
                .addAllAttribute(Arrays.stream(attributes).map(Attribute::proto).toList()));
        return new Value(name);
    }

    /** Inserts an axis of length one. */
    public Value unsqueeze(Value value, long axis) {
        return op("Unsqueeze", value, longs(axis));
    }

    /** Removes an axis of length one. */
    public Value squeeze(Value value, long axis) {
        return op("Squeeze", value, longs(axis));
    }

    /** The entries {@code start … end − 1} along one axis. */
    public Value slice(Value value, long axis, long start, long end) {
        return op("Slice", value, longs(start), longs(end), longs(axis));
    }

    /** The entries along one axis that the indices name; the axis is replaced by the axes of the indices. */
    public Value gather(Value value, Value indices, long axis) {
        return op("Gather", List.of(value, indices), Attribute.of("axis", axis));
    }

    public Value concat(long axis, Value... values) {
        return op("Concat", List.of(values), Attribute.of("axis", axis));
    }

    public Value transpose(Value value, long... permutation) {
        return op("Transpose", List.of(value), Attribute.of("perm", permutation));
    }

    /**
     * The mean of each row, [B, 1], as a product: a row's {@code ReduceMean} is added up in an order that depends on where in memory
     * the row happens to lie, and so on its place in the batch.
     *
     * @param rows [B, width]
     */
    public Value mean(Value rows, int width) {
        float[] shares = new float[width];
        Arrays.fill(shares, 1f / width);
        return op("MatMul", rows, floats("mean_of_" + width, shares, width, 1));
    }

    /**
     * Goes through sequences entry by entry, with a state.
     *
     * @param state before the first entry, float32
     * @param sequences float32, of equal length along their first axis
     * @return the state after each entry, along a new first axis
     */
    public Value scan(Value state, List<Value> sequences, ScanStep step) {
        String name = newName("scan");
        GraphBuilder body = new GraphBuilder(name, name + "_");
        Value before = body.bodyInput();
        List<Value> entries =
                sequences.stream().map(sequence -> body.bodyInput()).toList();
        Value after = step.build(body, before, entries);
        body.bodyOutput(after); // as the next state
        body.bodyOutput(after); // as an entry of the result
        graph.addNode(NodeProto.newBuilder()
                .setOpType("Scan")
                .setName(name)
                .addInput(state.name())
                .addAllInput(sequences.stream().map(Value::name).toList())
                .addOutput(name + "_last")
                .addOutput(name)
                .addAttribute(Attribute.of("num_scan_inputs", sequences.size()).proto())
                .addAttribute(Attribute.of("body", body.graph.build()).proto()));
        return new Value(name);
    }

    /** The finished model, without metadata. */
    public OnnxModel build() {
        return OnnxModel.of(ModelProto.newBuilder()
                .setIrVersion(IR_VERSION)
                .setProducerName("loadcast")
                .addOpsetImport(OperatorSetIdProto.newBuilder().setDomain("").setVersion(OPSET))
                .setGraph(graph)
                .build());
    }

    private String newName(String kind) {
        return prefix + kind + "_" + nodes++;
    }

    /** A float32 input whose shape follows from what the scan is given. */
    private Value bodyInput() {
        String name = newName("input");
        graph.addInput(shapeless(name));
        return new Value(name);
    }

    private void bodyOutput(Value value) {
        graph.addOutput(shapeless(op("Identity", value).name()));
    }

    private static ValueInfoProto shapeless(String name) {
        return ValueInfoProto.newBuilder()
                .setName(name)
                .setType(TypeProto.newBuilder()
                        .setTensorType(
                                TypeProto.Tensor.newBuilder().setElemType(TensorProto.DataType.FLOAT.getNumber())))
                .build();
    }

    private Value constant(String name, TensorProto.DataType type, ByteBuffer raw, int count, long... shape) {
        if (Arrays.stream(shape).reduce(1, Math::multiplyExact) != count) {
            throw new IllegalArgumentException(
                    "constant " + name + ": " + count + " values do not fill " + Arrays.toString(shape));
        }
        graph.addInitializer(TensorProto.newBuilder()
                .setName(name)
                .setDataType(type.getNumber())
                .addAllDims(Arrays.stream(shape).boxed().toList())
                .setRawData(ByteString.copyFrom(raw)));
        return new Value(name);
    }

    private static ValueInfoProto floatTensor(String name, long... shape) {
        TensorShapeProto.Builder dims = TensorShapeProto.newBuilder()
                .addDim(TensorShapeProto.Dimension.newBuilder().setDimParam("batch"));
        for (long length : shape) {
            dims.addDim(TensorShapeProto.Dimension.newBuilder().setDimValue(length));
        }
        return ValueInfoProto.newBuilder()
                .setName(name)
                .setType(TypeProto.newBuilder()
                        .setTensorType(TypeProto.Tensor.newBuilder()
                                .setElemType(TensorProto.DataType.FLOAT.getNumber())
                                .setShape(dims)))
                .build();
    }

    private static ByteBuffer littleEndian(int bytes) {
        return ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }
}
