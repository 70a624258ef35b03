package io.loadcast.faults;

import io.loadcast.forecasting.ForecastEngine;
import io.loadcast.forecasting.ModelId;
import io.loadcast.forecasting.ModelManifest;
import io.loadcast.forecasting.WindowBatch;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * An engine that is slow on purpose and tells when it is inside the model: it runs the same batch on the real engine again and
 * again until the {@linkplain EngineProbe#paceMillis pace} has passed, so a process that is killed meanwhile is killed inside
 * ONNX Runtime. The same batch gives the same quantiles however often it is run.
 */
final class ObservedEngine implements ForecastEngine {
    private final ForecastEngine engine;
    private final EngineProbe probe;
    private final AtomicInteger threads = new AtomicInteger();
    private final ThreadLocal<Integer> slots =
            ThreadLocal.withInitial(() -> EngineProbe.slot(threads.getAndIncrement()));

    ObservedEngine(ForecastEngine engine, EngineProbe probe) {
        this.engine = engine;
        this.probe = probe;
    }

    @Override
    public void run(WindowBatch batch) {
        int slot = slots.get();
        probe.begin(slot, batch.size());
        long pace = probe.paceMillis();
        long until = System.nanoTime()
                + (pace == 0 ? 0 : ThreadLocalRandom.current().nextLong(pace / 2, pace * 3 / 2) * 1_000_000);
        do {
            engine.run(batch);
        } while (System.nanoTime() < until);
        probe.end(slot);
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
    public void close() {
        engine.close();
    }
}
