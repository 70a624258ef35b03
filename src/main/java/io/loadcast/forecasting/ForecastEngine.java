package io.loadcast.forecasting;

import org.jspecify.annotations.Nullable;

/**
 * A model that is ready to run: windows of raw MW in, quantiles in MW out.
 *
 * <p>Thread-safe: several threads may call {@link #run}, each with a batch of its own. Whoever opened it closes it, after the
 * last run has returned.
 */
public interface ForecastEngine extends AutoCloseable {

    ModelId model();

    ModelManifest manifest();

    /** What it runs on now, for people: {@code cpu}, {@code cuda:0}. */
    String device();

    /**
     * Hands out the oldest change of the device that was not handed out yet: each to one caller only, in the order in which they
     * happened. Null if there is none, as always with an engine that has one device.
     */
    default @Nullable DeviceChange takeDeviceChange() {
        return null;
    }

    /**
     * Runs the model on all windows of the batch and fills the batch's quantiles, row by row.
     *
     * @throws ForecastEngineException if the device fails, or, as a {@link ForecastTimeoutException}, is stopped for taking too
     *     long; the batch's windows are untouched and may be run again
     */
    void run(WindowBatch batch);

    @Override
    void close();
}
