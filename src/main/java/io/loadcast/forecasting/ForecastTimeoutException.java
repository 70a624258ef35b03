package io.loadcast.forecasting;

/** A run of a model that was stopped because it took longer than the bound that was set for it; the device may be well. */
public final class ForecastTimeoutException extends ForecastEngineException {
    private static final long serialVersionUID = 1L;

    public ForecastTimeoutException(String message, Throwable cause) {
        super(message, cause);
    }
}
