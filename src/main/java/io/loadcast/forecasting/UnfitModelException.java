package io.loadcast.forecasting;

/** A model that cannot be served here however often it is tried: the flaw is the model's own. */
public final class UnfitModelException extends ForecastEngineException {
    private static final long serialVersionUID = 1L;

    public UnfitModelException(String message) {
        super(message);
    }

    public UnfitModelException(String message, Throwable cause) {
        super(message, cause);
    }
}
