package io.loadcast.inference;

import io.loadcast.forecasting.ForecastEngine;
import io.loadcast.forecasting.ForecastEngineException;
import java.time.Duration;
import java.util.OptionalInt;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How {@link OnnxForecastEngine}s are put together for serving: on CUDA with the CPU to fall back on ({@link FailoverEngine}), on
 * the CPU in pieces that keep the time bound ({@link PiecewiseEngine}).
 */
public final class ServingEngine {
    /** Windows in a run on the CPU, where more are no faster. */
    public static final int CPU_WINDOWS = 32;

    /** Windows in a run on CUDA, which is idle between small ones. */
    public static final int CUDA_WINDOWS = 1024;

    private static final Logger LOG = LoggerFactory.getLogger(ServingEngine.class);

    private ServingEngine() {}

    /** Windows in a batch for an engine, if nobody says otherwise. */
    public static int usualWindows(ForecastEngine engine) {
        return isCpu(engine) ? CPU_WINDOWS : CUDA_WINDOWS;
    }

    /**
     * Loads a model. The caller closes it.
     *
     * @param options with a timeout
     * @param windows in a batch, at most; empty for {@linkplain #usualWindows as usual}
     * @throws ForecastEngineException if the device cannot be had or ONNX Runtime refuses the graph
     */
    public static ForecastEngine open(ModelFile file, EngineOptions options, OptionalInt windows) {
        OnnxForecastEngine first = OnnxForecastEngine.open(file, options);
        if (isCpu(first)) {
            return inPieces(first, options, windows.orElse(CPU_WINDOWS));
        }
        ForecastEngine cpu = inPieces(
                OnnxForecastEngine.open(file, options.on(Device.CPU)),
                options,
                Math.min(CPU_WINDOWS, windows.orElse(CPU_WINDOWS)));
        DeviceCheck check = new DeviceCheck(file.manifest(), windows.orElse(CUDA_WINDOWS));
        try {
            checked(first, check, cpu);
        } catch (ForecastEngineException e) {
            if (options.device().kind() == Device.Kind.AUTO) {
                LOG.warn(
                        "CUDA cannot be had, running on the CPU; mend this, or set loadcast.device=cpu if it is meant so: {}",
                        e.getMessage());
                return cpu;
            }
            cpu.close();
            throw e;
        }
        Device cuda = new Device(Device.Kind.CUDA, options.device().index());
        Supplier<ForecastEngine> opening = () -> checked(OnnxForecastEngine.open(file, options.on(cuda)), check, cpu);
        return new FailoverEngine(first, opening, cpu, Backoff.DEFAULT);
    }

    /** The engine, which is closed if it does not pass. */
    private static OnnxForecastEngine checked(OnnxForecastEngine opened, DeviceCheck check, ForecastEngine cpu) {
        try {
            check.require(opened, cpu);
            return opened;
        } catch (ForecastEngineException e) {
            opened.close();
            throw e;
        }
    }

    private static ForecastEngine inPieces(OnnxForecastEngine cpu, EngineOptions options, int windows) {
        Duration timeout = options.timeout()
                .orElseThrow(() -> new IllegalArgumentException("an engine for serving has a timeout"));
        return new PiecewiseEngine(cpu, windows, timeout);
    }

    private static boolean isCpu(ForecastEngine engine) {
        return engine.device().equals("cpu");
    }
}
