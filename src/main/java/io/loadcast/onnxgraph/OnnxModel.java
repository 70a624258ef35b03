package io.loadcast.onnxgraph;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.StringStringEntryProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TensorShapeProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import com.google.protobuf.InvalidProtocolBufferException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * An ONNX model as a file holds it: its graph, what it declares of inputs and outputs, and its metadata. Immutable.
 *
 * <p>A <em>sealed</em> model carries, under {@value #CONTENT_SHA256}, the SHA-256 of its own bytes without that entry, so that
 * a damaged or edited file shows.
 */
public final class OnnxModel {
    public static final String CONTENT_SHA256 = "loadcast.content_sha256";

    private final ModelProto proto;

    private OnnxModel(ModelProto proto) {
        this.proto = proto;
    }

    static OnnxModel of(ModelProto proto) {
        return new OnnxModel(proto);
    }

    /**
     * The model that a file's bytes hold.
     *
     * @throws OnnxFormatException if the bytes are not an ONNX model with a graph
     */
    public static OnnxModel parse(byte[] bytes) throws OnnxFormatException {
        ModelProto proto;
        try {
            proto = ModelProto.parseFrom(bytes);
        } catch (InvalidProtocolBufferException e) {
            throw new OnnxFormatException("not an ONNX model (" + e.getMessage() + ")");
        }
        if (proto.getIrVersion() < 1 || proto.getGraph().getNodeCount() == 0) {
            throw new OnnxFormatException("not an ONNX model (no graph in it)");
        }
        return new OnnxModel(proto);
    }

    /** The file's bytes; the same model always gives the same bytes. */
    public byte[] toByteArray() {
        return proto.toByteArray();
    }

    /** All metadata, in the file's order. */
    public Map<String, String> metadata() {
        Map<String, String> metadata = new LinkedHashMap<>();
        proto.getMetadataPropsList().forEach(entry -> metadata.put(entry.getKey(), entry.getValue()));
        return metadata;
    }

    /** The same model with this metadata entry added or replaced, and unsealed if it was sealed. */
    public OnnxModel withMetadata(String key, String value) {
        return without(key).without(CONTENT_SHA256).plus(key, value);
    }

    /** The same model with the checksum of its content in it. */
    public OnnxModel sealed() {
        return without(CONTENT_SHA256).plus(CONTENT_SHA256, contentSha256());
    }

    /** The checksum that the file claims to have; empty if it is not sealed. */
    public Optional<String> sealedSha256() {
        return Optional.ofNullable(metadata().get(CONTENT_SHA256));
    }

    /** The checksum of what is there: SHA-256, lower-case hexadecimal, of the bytes without a seal. */
    public String contentSha256() {
        return Sha256.hex(without(CONTENT_SHA256).toByteArray());
    }

    /** Whether any tensor's values lie in another file. */
    public boolean hasExternalData() {
        return hasExternalData(proto.getGraph());
    }

    public List<TensorSpec> inputs() {
        return proto.getGraph().getInputList().stream().map(OnnxModel::spec).toList();
    }

    public List<TensorSpec> outputs() {
        return proto.getGraph().getOutputList().stream().map(OnnxModel::spec).toList();
    }

    /** How many numbers the model has learned or was built with: the elements of all float32 constants. */
    public long parameters() {
        return proto.getGraph().getInitializerList().stream()
                .filter(tensor -> tensor.getDataType() == TensorProto.DataType.FLOAT.getNumber())
                .mapToLong(tensor -> tensor.getDimsList().stream().reduce(1L, Math::multiplyExact))
                .sum();
    }

    private OnnxModel without(String key) {
        ModelProto.Builder builder = proto.toBuilder().clearMetadataProps();
        proto.getMetadataPropsList().stream()
                .filter(entry -> !entry.getKey().equals(key))
                .forEach(builder::addMetadataProps);
        return new OnnxModel(builder.build());
    }

    private OnnxModel plus(String key, String value) {
        return new OnnxModel(proto.toBuilder()
                .addMetadataProps(
                        StringStringEntryProto.newBuilder().setKey(key).setValue(value))
                .build());
    }

    private static boolean hasExternalData(GraphProto graph) {
        return graph.getInitializerList().stream().anyMatch(OnnxModel::isExternal)
                || graph.getSparseInitializerList().stream()
                        .anyMatch(sparse -> isExternal(sparse.getValues()) || isExternal(sparse.getIndices()))
                || graph.getNodeList().stream()
                        .flatMap(node -> node.getAttributeList().stream())
                        .anyMatch(OnnxModel::hasExternalData);
    }

    private static boolean hasExternalData(AttributeProto attribute) {
        return isExternal(attribute.getT())
                || attribute.getTensorsList().stream().anyMatch(OnnxModel::isExternal)
                || (attribute.hasG() && hasExternalData(attribute.getG()))
                || attribute.getGraphsList().stream().anyMatch(OnnxModel::hasExternalData);
    }

    private static boolean isExternal(TensorProto tensor) {
        return tensor.getDataLocation() == TensorProto.DataLocation.EXTERNAL || tensor.getExternalDataCount() > 0;
    }

    private static TensorSpec spec(ValueInfoProto info) {
        var tensor = info.getType().getTensorType();
        return new TensorSpec(
                info.getName(),
                tensor.getElemType() == TensorProto.DataType.FLOAT.getNumber(),
                tensor.getShape().getDimList().stream().map(OnnxModel::length).toList());
    }

    private static long length(TensorShapeProto.Dimension dimension) {
        return dimension.hasDimValue() ? dimension.getDimValue() : TensorSpec.ANY;
    }
}
