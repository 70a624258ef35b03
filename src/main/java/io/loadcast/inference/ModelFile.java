package io.loadcast.inference;

import io.loadcast.forecasting.ForecastEngineException;
import io.loadcast.forecasting.ModelId;
import io.loadcast.forecasting.ModelManifest;
import io.loadcast.onnxgraph.OnnxFormatException;
import io.loadcast.onnxgraph.OnnxModel;
import io.loadcast.onnxgraph.Sha256;
import io.loadcast.onnxgraph.TensorSpec;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A model file that has passed every check which needs no device: it is ONNX, sealed and undamaged, self-contained, and its
 * manifest agrees with its graph. Immutable.
 */
public final class ModelFile {
    /** The model that is shipped in the jar. */
    public static final String SHIPPED = "/models/gru-attention.onnx";

    static final String LOAD_MW = "load_mw";
    static final String CALENDAR = "calendar";
    static final String REGION = "region";
    static final String QUANTILES_MW = "quantiles_mw";

    private final byte[] bytes;
    private final OnnxModel model;
    private final ModelManifest manifest;
    private final ModelId id;

    private ModelFile(byte[] bytes, OnnxModel model, ModelManifest manifest) {
        this.bytes = bytes;
        this.model = model;
        this.manifest = manifest;
        this.id = new ModelId(manifest.name(), manifest.version(), Sha256.hex(bytes));
    }

    /**
     * The model in a file.
     *
     * @throws ForecastEngineException if the file cannot be read or fails a check
     */
    public static ModelFile read(Path path) {
        try {
            return of(path.toString(), Files.readAllBytes(path));
        } catch (NoSuchFileException e) {
            throw new ForecastEngineException("model " + path + ": no such file; check the path", e);
        } catch (IOException e) {
            throw new ForecastEngineException("model " + path + ": cannot be read (" + e.getMessage() + ")", e);
        }
    }

    /** The model in the jar. */
    public static ModelFile shipped() {
        try (InputStream resource = ModelFile.class.getResourceAsStream(SHIPPED)) {
            if (resource == null) {
                throw new ForecastEngineException(
                        "model " + SHIPPED + " is not in this build; give a model file instead");
            }
            return of("classpath:" + SHIPPED, resource.readAllBytes());
        } catch (IOException e) {
            throw new ForecastEngineException("model " + SHIPPED + ": cannot be read (" + e.getMessage() + ")", e);
        }
    }

    /**
     * The model that these bytes are.
     *
     * @param source where the bytes come from, for messages
     * @throws ForecastEngineException if the bytes fail a check
     */
    public static ModelFile of(String source, byte[] bytes) {
        try {
            OnnxModel model = OnnxModel.parse(bytes);
            ModelManifest manifest = manifestOf(model);
            requireSeal(model);
            if (model.hasExternalData()) {
                throw new IllegalArgumentException("points to external data; export it as one self-contained file");
            }
            requireShapes(model, manifest);
            return new ModelFile(bytes, model, manifest);
        } catch (OnnxFormatException | IllegalArgumentException e) {
            throw new ForecastEngineException("model " + source + ": " + e.getMessage(), e);
        }
    }

    /** The checksum by which a model file is named: lower-case hexadecimal SHA-256 of its bytes. */
    public static String sha256(byte[] bytes) {
        return Sha256.hex(bytes);
    }

    public ModelId id() {
        return id;
    }

    public ModelManifest manifest() {
        return manifest;
    }

    public List<TensorSpec> inputs() {
        return model.inputs();
    }

    public List<TensorSpec> outputs() {
        return model.outputs();
    }

    /** How many numbers it was built with. */
    public long parameters() {
        return model.parameters();
    }

    public int sizeBytes() {
        return bytes.length;
    }

    /** The file's content; not to be changed. */
    public byte[] bytes() {
        return bytes;
    }

    private static ModelManifest manifestOf(OnnxModel model) {
        String text = model.metadata().get(ManifestJson.METADATA_KEY);
        if (text == null) {
            throw new IllegalArgumentException("has no manifest (metadata " + ManifestJson.METADATA_KEY
                    + "); only models exported by 'loadcast train' can be served");
        }
        return ManifestJson.read(text);
    }

    private static void requireSeal(OnnxModel model) {
        String sealed = model.sealedSha256()
                .orElseThrow(() -> new IllegalArgumentException(
                        "has no checksum (metadata " + OnnxModel.CONTENT_SHA256 + "); export it again"));
        if (!sealed.equals(model.contentSha256())) {
            throw new IllegalArgumentException(
                    "its content does not match its checksum; the file is damaged or edited, "
                            + "fetch or export it again");
        }
    }

    private static void requireShapes(OnnxModel model, ModelManifest manifest) {
        int hours = manifest.lookbackHours() + manifest.horizonHours();
        int features = manifest.calendarFeatures().size();
        List<TensorSpec> inputs = new ArrayList<>(List.of(
                TensorSpec.batched(LOAD_MW, manifest.lookbackHours()), TensorSpec.batched(CALENDAR, hours, features)));
        if (manifest.regionNumbers() > 0) {
            inputs.add(TensorSpec.batched(REGION, manifest.regionNumbers()));
        }
        requireTensors("inputs", model.inputs(), inputs);
        requireTensors(
                "outputs",
                model.outputs(),
                List.of(TensorSpec.batched(
                        QUANTILES_MW,
                        manifest.horizonHours(),
                        manifest.quantiles().size())));
    }

    private static void requireTensors(String role, List<TensorSpec> actual, List<TensorSpec> wanted) {
        if (!actual.equals(wanted)) {
            throw new IllegalArgumentException(
                    "its " + role + " " + actual + " are not what its manifest says: " + wanted);
        }
    }
}
