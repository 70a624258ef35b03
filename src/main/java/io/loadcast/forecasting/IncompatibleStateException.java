package io.loadcast.forecasting;

/** A stored state that was not written for this model and these settings; no retry mends it. The message says what does. */
public final class IncompatibleStateException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    IncompatibleStateException(String message) {
        super(message);
    }
}
