package io.loadcast.replay;

/** A replay that cannot begin or go on; its message says what to do. */
public class ReplayException extends RuntimeException {
    private static final long serialVersionUID = 1;

    ReplayException(String message) {
        super(message);
    }

    ReplayException(String message, Throwable cause) {
        super(message, cause);
    }
}
