package io.loadcast.inference;

import io.loadcast.forecasting.ForecastEngine;
import io.loadcast.forecasting.ForecastEngineException;
import io.loadcast.forecasting.WindowBatch;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** An engine that is closed when the last run has left it, however many threads were in it. Thread-safe. */
final class SharedEngine implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(SharedEngine.class);

    private final ForecastEngine engine;
    private final ReadWriteLock use = new ReentrantReadWriteLock();
    private boolean closed; // guarded by use

    SharedEngine(ForecastEngine engine) {
        this.engine = engine;
    }

    String device() {
        return engine.device();
    }

    /**
     * Runs the batch, unless the engine is closed.
     *
     * @return whether it did
     * @throws ForecastEngineException if the device fails
     */
    boolean run(WindowBatch batch) {
        use.readLock().lock();
        try {
            if (closed) {
                return false;
            }
            engine.run(batch);
            return true;
        } finally {
            use.readLock().unlock();
        }
    }

    /** Waits for the runs in progress. What a failed device says to being closed is of no interest but for a log line. */
    @Override
    public void close() {
        use.writeLock().lock();
        try {
            if (!closed) {
                closed = true;
                engine.close();
            }
        } catch (ForecastEngineException e) {
            LOG.warn(
                    "device {} was closed with a complaint; nothing has to be done while forecasts go on: {}",
                    engine.device(),
                    e.getMessage());
        } finally {
            use.writeLock().unlock();
        }
    }
}
