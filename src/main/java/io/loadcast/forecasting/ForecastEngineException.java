package io.loadcast.forecasting;

/** A model that cannot be loaded or run; the message says which, why, and what to do. */
public class ForecastEngineException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public ForecastEngineException(String message) {
        super(message);
    }

    public ForecastEngineException(String message, Throwable cause) {
        super(message, cause);
    }
}
