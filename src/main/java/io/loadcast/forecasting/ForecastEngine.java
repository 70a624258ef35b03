package io.loadcast.forecasting;

/**
 * A model that is ready to run: windows of raw MW in, quantiles in MW out.
 *
 * <p>Thread-safe: several threads may call {@link #run}, each with a batch of its own. Whoever opened it closes it, after the
 * last run has returned.
 */
public interface ForecastEngine extends AutoCloseable {

    ModelId model();

    ModelManifest manifest();

    /** What it runs on, for people: {@code cpu}, {@code cuda:0}. */
    String device();

    /**
     * Runs the model on all windows of the batch and fills the batch's quantiles, row by row.
     *
     * @throws ForecastEngineException if the device fails; the batch's windows are untouched and may be run again
     */
    void run(WindowBatch batch);

    @Override
    void close();
}
