package io.loadcast.monitoring;

import io.loadcast.forecasting.DeviceChange;
import io.loadcast.forecasting.ForecastEngine;
import io.loadcast.forecasting.ForecastEngineException;
import io.loadcast.forecasting.ModelId;
import io.loadcast.forecasting.ModelManifest;
import io.loadcast.forecasting.WindowBatch;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * An engine of which every run is measured: how many windows, how long, on which device. What a run needs that had to be done again is
 * in its time. Some hundred nanoseconds a run. Thread-safe as the engine behind it, which it closes.
 */
public final class MeteredEngine implements ForecastEngine {
    private static final int[] RUN_MILLIS = {1, 2, 5, 10, 20, 50, 100, 200, 500, 1_000, 2_000, 5_000};
    private static final double[] WINDOWS = {1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 1024, 4096, 16384, 65536};

    private final ForecastEngine engine;
    private final MeterRegistry registry;
    private final DistributionSummary windows;
    private final Counter failures;
    private final Map<String, Timer> runs = new ConcurrentHashMap<>();

    public MeteredEngine(ForecastEngine engine, MeterRegistry registry) {
        this.engine = engine;
        this.registry = registry;
        this.windows = DistributionSummary.builder("loadcast.inference.batch")
                .description("Windows in one run of the model.")
                .baseUnit("windows")
                .serviceLevelObjectives(WINDOWS)
                .register(registry);
        this.failures = Counter.builder("loadcast.inference.failures")
                .description("Runs of the model that failed on every device; their hours stay due.")
                .register(registry);
        timer(engine.device());
    }

    private Timer timer(String device) {
        return runs.computeIfAbsent(
                device,
                key -> Timer.builder("loadcast.inference")
                        .description("One run of the model, with what had to be done again, by the device it ended on.")
                        .tag("device", key)
                        .serviceLevelObjectives(Buckets.ofMillis(RUN_MILLIS))
                        .maximumExpectedValue(Duration.ofSeconds(10))
                        .register(registry));
    }

    @Override
    public void run(WindowBatch batch) {
        long start = System.nanoTime();
        try {
            engine.run(batch);
        } catch (ForecastEngineException e) {
            failures.increment();
            throw e;
        }
        timer(engine.device()).record(System.nanoTime() - start, TimeUnit.NANOSECONDS);
        windows.record(batch.size());
    }

    @Override
    public ModelId model() {
        return engine.model();
    }

    @Override
    public ModelManifest manifest() {
        return engine.manifest();
    }

    @Override
    public String device() {
        return engine.device();
    }

    @Override
    public @Nullable DeviceChange takeDeviceChange() {
        return engine.takeDeviceChange();
    }

    @Override
    public void close() {
        engine.close();
    }
}
