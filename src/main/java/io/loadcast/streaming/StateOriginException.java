package io.loadcast.streaming;

/** A state and topics that do not belong together; no retry mends it. The message says what does. */
public final class StateOriginException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    StateOriginException(String message) {
        super(message);
    }
}
