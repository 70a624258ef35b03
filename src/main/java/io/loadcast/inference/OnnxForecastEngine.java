package io.loadcast.inference;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.OrtSession.RunOptions;
import io.loadcast.forecasting.ForecastEngine;
import io.loadcast.forecasting.ForecastEngineException;
import io.loadcast.forecasting.ForecastTimeoutException;
import io.loadcast.forecasting.ModelId;
import io.loadcast.forecasting.ModelManifest;
import io.loadcast.forecasting.WindowBatch;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
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
    private final @Nullable RunWatchdog watchdog;

    private OnnxForecastEngine(
            ModelFile file, OrtEnvironment environment, DeviceSession session, @Nullable RunWatchdog watchdog) {
        this.file = file;
        this.environment = environment;
        this.session = session;
        this.watchdog = watchdog;
    }

    /**
     * Loads a model. The caller closes it.
     *
     * @throws ForecastEngineException if the device cannot be had or ONNX Runtime refuses the graph
     */
    public static OnnxForecastEngine open(ModelFile file, EngineOptions options) {
        OrtEnvironment environment = HeldEnvironment.get();
        DeviceSession session = DeviceSession.open(environment, file, options);
        RunWatchdog watchdog = options.timeout().map(RunWatchdog::new).orElse(null);
        return new OnnxForecastEngine(file, environment, session, watchdog);
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

    /** @throws ForecastEngineException as the interface says; with a timeout, {@link ForecastTimeoutException} among them */
    @Override
    public void run(WindowBatch batch) {
        if (batch.size() == 0) {
            return;
        }
        if (watchdog == null) {
            runUnbounded(batch);
            return;
        }
        try (RunWatchdog.Watched run = watchdog.watch()) {
            try {
                run(batch, run.options());
            } catch (OrtException e) {
                throw run.isStopped() ? tookTooLong(batch, watchdog.bound(), e) : failed(e);
            }
        } catch (OrtException e) {
            throw failed(e);
        }
    }

    /**
     * Runs a batch for as long as it takes: the first runs on a GPU load and choose kernels, and may well take longer than a run
     * ever should.
     *
     * @throws ForecastEngineException if the device fails
     */
    void runUnbounded(WindowBatch batch) {
        try {
            run(batch, null);
        } catch (OrtException e) {
            throw failed(e);
        }
    }

    /** With rows in fours: ONNX Runtime's CPU kernels compute rows that are left over in another way, which shows in the last bits. */
    private void run(WindowBatch windows, @Nullable RunOptions options) throws OrtException {
        WindowBatch batch = windows.padded();
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
                                inputs(load, calendar, region),
                                Set.of(),
                                Map.of(ModelFile.QUANTILES_MW, quantiles),
                                options)) {
            assert result.size() == 1;
        }
    }

    private static Map<String, OnnxTensor> inputs(OnnxTensor load, OnnxTensor calendar, @Nullable OnnxTensor region) {
        return region == null
                ? Map.of(ModelFile.LOAD_MW, load, ModelFile.CALENDAR, calendar)
                : Map.of(ModelFile.LOAD_MW, load, ModelFile.CALENDAR, calendar, ModelFile.REGION, region);
    }

    private ForecastEngineException tookTooLong(WindowBatch batch, Duration bound, OrtException stopped) {
        return new ForecastTimeoutException(
                "model " + file.id().name() + " on " + device() + " took longer than " + bound.toMillis() + " ms for "
                        + batch.size() + " windows and was stopped",
                stopped);
    }

    private ForecastEngineException failed(OrtException e) {
        return new ForecastEngineException(
                "model " + file.id().name() + " failed on " + device() + ": " + e.getMessage(), e);
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
        if (watchdog != null) {
            watchdog.close();
        }
        session.close();
    }
}
