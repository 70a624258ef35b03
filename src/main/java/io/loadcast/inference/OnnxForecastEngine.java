package io.loadcast.inference;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import io.loadcast.forecasting.ForecastEngine;
import io.loadcast.forecasting.ForecastEngineException;
import io.loadcast.forecasting.ModelId;
import io.loadcast.forecasting.ModelManifest;
import io.loadcast.forecasting.WindowBatch;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A model in ONNX Runtime. Batches of any size run without copies: the tensors lie on the batch's own memory, and the output
 * is pinned to its quantiles.
 *
 * <p>Thread-safe, as {@link ForecastEngine} says; the session is shared and keeps no state between runs.
 */
public final class OnnxForecastEngine implements ForecastEngine {
    private final ModelFile file;
    private final OrtEnvironment environment;
    private final DeviceSession session;

    private OnnxForecastEngine(ModelFile file, OrtEnvironment environment, DeviceSession session) {
        this.file = file;
        this.environment = environment;
        this.session = session;
    }

    /**
     * Loads a model. The caller closes it.
     *
     * @throws ForecastEngineException if the device cannot be had or ONNX Runtime refuses the graph
     */
    public static OnnxForecastEngine open(ModelFile file, EngineOptions options) {
        OrtEnvironment environment = OrtEnvironment.getEnvironment();
        return new OnnxForecastEngine(file, environment, DeviceSession.open(environment, file, options));
    }

    @Override
    public ModelId model() {
        return file.id();
    }

    @Override
    public ModelManifest manifest() {
        return file.manifest();
    }

    @Override
    public String device() {
        return session.device();
    }

    @Override
    public void run(WindowBatch batch) {
        if (batch.size() == 0) {
            return;
        }
        ModelManifest manifest = file.manifest();
        long hours = manifest.lookbackHours();
        long horizon = manifest.horizonHours();
        long[] loadShape = {batch.size(), hours};
        long[] calendarShape = {
            batch.size(), hours + horizon, manifest.calendarFeatures().size()
        };
        long[] quantilesShape = {batch.size(), horizon, manifest.quantiles().size()};
        try (OnnxTensor load = OnnxTensor.createTensor(environment, batch.loadMw(), loadShape);
                OnnxTensor calendar = OnnxTensor.createTensor(environment, batch.calendar(), calendarShape);
                OnnxTensor region = region(batch);
                OnnxTensor quantiles = OnnxTensor.createTensor(environment, batch.quantilesMw(), quantilesShape);
                OrtSession.Result result = session.ort()
                        .run(
                                region == null
                                        ? Map.of(ModelFile.LOAD_MW, load, ModelFile.CALENDAR, calendar)
                                        : Map.of(
                                                ModelFile.LOAD_MW,
                                                load,
                                                ModelFile.CALENDAR,
                                                calendar,
                                                ModelFile.REGION,
                                                region),
                                Map.of(ModelFile.QUANTILES_MW, quantiles))) {
            assert result.size() == 1;
        } catch (OrtException e) {
            throw new ForecastEngineException(
                    "model " + file.id().name() + " failed on " + device() + ": " + e.getMessage(), e);
        }
    }

    /** Null if the model is told nothing of the region. */
    private @Nullable OnnxTensor region(WindowBatch batch) throws OrtException {
        int numbers = file.manifest().regionNumbers();
        if (numbers == 0) {
            return null;
        }
        return OnnxTensor.createTensor(environment, batch.region(), new long[] {batch.size(), numbers});
    }

    @Override
    public void close() {
        session.close();
    }
}
