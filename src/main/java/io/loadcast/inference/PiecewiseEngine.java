package io.loadcast.inference;

import io.loadcast.forecasting.ForecastEngine;
import io.loadcast.forecasting.ForecastEngineException;
import io.loadcast.forecasting.ForecastTimeoutException;
import io.loadcast.forecasting.ModelId;
import io.loadcast.forecasting.ModelManifest;
import io.loadcast.forecasting.WindowBatch;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * An engine that runs a batch in pieces which its device manages within the time bound of a run. A piece that is stopped is run
 * again in halves, and later batches keep to the size that was managed; it doubles again while pieces take less than a quarter of
 * the bound. So a slow machine pays once for learning how slow it is, not in every batch, and what it has learnt outlives the
 * stream thread.
 *
 * <p>A window alone that is stopped is run once more, as the machine may have been suspended. If it is stopped again, that is a
 * failure: nothing smaller is left to try. Thread-safe; closing it closes the engine behind.
 */
public final class PiecewiseEngine implements ForecastEngine {
    private static final Logger LOG = LoggerFactory.getLogger(PiecewiseEngine.class);
    private static final int ROOM = 4;

    private final ForecastEngine engine;
    private final int usual;
    private final Duration timeout;

    /** Windows in a piece, at most. Threads may overwrite one another's lesson, and will learn it again. */
    private volatile int most;

    /**
     * @param engine stops runs that take longer than the timeout
     * @param usual windows in a piece as long as no run takes too long
     * @throws IllegalArgumentException if no window fits in a piece
     */
    public PiecewiseEngine(ForecastEngine engine, int usual, Duration timeout) {
        if (usual < 1) {
            throw new IllegalArgumentException("pieces of " + usual + " windows hold none");
        }
        this.engine = engine;
        this.usual = usual;
        this.timeout = timeout;
        this.most = usual;
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

    /** @throws ForecastEngineException if the device fails, or a window alone takes too long twice */
    @Override
    public void run(WindowBatch batch) {
        int from = 0;
        while (from < batch.size()) {
            int size = Math.min(most, batch.size() - from);
            WindowBatch piece = size == batch.size() ? batch : batch.rows(from, size);
            if (isManaged(piece)) {
                from += size;
            }
        }
    }

    private boolean isManaged(WindowBatch piece) {
        long start = System.nanoTime();
        try {
            engine.run(piece);
        } catch (ForecastTimeoutException e) {
            if (piece.size() == 1) {
                LOG.warn(
                        "{}; it is run once more. If this stays, serve a smaller model or raise loadcast.forecast.timeout",
                        e.getMessage());
                runLastTime(piece);
                return true;
            }
            int smaller = piece.size() / 2;
            most = smaller;
            LOG.warn(
                    "{}; they are run again in pieces of {}, and so are others until there is time to spare. If this stays, "
                            + "lower loadcast.forecast.batch-size or serve a smaller model",
                    e.getMessage(),
                    smaller);
            return false;
        }
        int now = most;
        if (piece.size() == now && now < usual && System.nanoTime() - start < timeout.toNanos() / ROOM) {
            most = Math.min(usual, 2 * now);
            LOG.info("there is time to spare: the model runs up to {} windows at once", most);
        }
        return true;
    }

    private void runLastTime(WindowBatch window) {
        try {
            engine.run(window);
        } catch (ForecastTimeoutException e) {
            throw new ForecastEngineException(
                    e.getMessage()
                            + ", for the second time; serve a smaller model, give it more of the machine, or raise loadcast.forecast.timeout",
                    e);
        }
    }

    @Override
    public void close() {
        engine.close();
    }
}
