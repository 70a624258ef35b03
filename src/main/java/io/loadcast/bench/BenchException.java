package io.loadcast.bench;

/** A benchmark that gave no result; the message is for the user. */
public final class BenchException extends RuntimeException {
    BenchException(String message) {
        super(message);
    }

    BenchException(String message, Throwable cause) {
        super(message, cause);
    }
}
