package io.loadcast.feed;

/** Readings that could not be published; the message says what failed, where, and what to do. */
public final class FeedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    FeedException(String message, Throwable cause) {
        super(message, cause);
    }
}
