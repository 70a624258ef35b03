package io.loadcast.inference;

import io.loadcast.forecasting.ForecastEngine;
import io.loadcast.forecasting.ForecastEngineException;
import io.loadcast.forecasting.LastValueEngine;
import io.loadcast.forecasting.ModelId;
import io.loadcast.forecasting.ModelManifest;
import io.loadcast.forecasting.WindowBatch;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A device that is lost and comes back on command. As with a real one, an engine that was opened before the loss never works
 * again. It spoils the outputs of a batch on which it fails.
 */
public final class CommandedDevice {
    public static final String REASON = "CUDA failure 2: out of memory";

    private final String name;
    private volatile boolean lost;
    private final AtomicInteger losses = new AtomicInteger();
    private final AtomicInteger openings = new AtomicInteger();
    private final AtomicInteger closings = new AtomicInteger();
    private final AtomicInteger runs = new AtomicInteger();
    private final AtomicInteger runsAfterClose = new AtomicInteger();
    private volatile Runnable beforeFailing = () -> {};

    public CommandedDevice(String name) {
        this.name = name;
    }

    /** Every run fails from now on, and every opening until {@link #comeBack}. */
    public void fail() {
        losses.incrementAndGet();
        lost = true;
    }

    public void comeBack() {
        lost = false;
    }

    /** What a run does on its thread before it fails. */
    void beforeFailing(Runnable action) {
        beforeFailing = action;
    }

    public int openings() {
        return openings.get();
    }

    public int closings() {
        return closings.get();
    }

    /** Runs that did not fail. */
    public int runs() {
        return runs.get();
    }

    int runsAfterClose() {
        return runsAfterClose.get();
    }

    public ForecastEngine open() {
        openings.incrementAndGet();
        if (lost) {
            throw new ForecastEngineException("no CUDA-capable device is detected");
        }
        return new Engine();
    }

    private final class Engine implements ForecastEngine {
        private final LastValueEngine model = new LastValueEngine();
        private final int openedAfterLosses = losses.get();
        private volatile boolean closed;

        @Override
        public ModelId model() {
            return model.model();
        }

        @Override
        public ModelManifest manifest() {
            return model.manifest();
        }

        @Override
        public String device() {
            return name;
        }

        @Override
        public void run(WindowBatch batch) {
            if (closed) {
                runsAfterClose.incrementAndGet();
            }
            if (losses.get() > openedAfterLosses) {
                beforeFailing.run();
                batch.quantilesMw().put(0, Float.NaN);
                throw new ForecastEngineException(REASON + "\nat some line of some file");
            }
            model.run(batch);
            runs.incrementAndGet();
        }

        @Override
        public void close() {
            closed = true;
            closings.incrementAndGet();
        }
    }
}
