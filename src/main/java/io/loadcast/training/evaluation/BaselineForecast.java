package io.loadcast.training.evaluation;

/** A forecaster that every model has to beat. Immutable and safe for use by several threads. */
interface BaselineForecast {
    /** The name in reports. */
    String name();

    /**
     * The forecast of one window.
     *
     * @return MW at index {@code lead − 1}, for all of {@link ProtocolEvaluation#HORIZON}; NaN where it has no forecast
     */
    float[] forecastMw(TestWindow window);
}
