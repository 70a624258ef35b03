package io.loadcast.streaming;

import org.jspecify.annotations.Nullable;

/** A cluster that does not answer, or that refuses what loadcast needs; the message says what was tried. */
public class KafkaUnavailableException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** @param message all that there is to say; nothing of the cause is added to it */
    public KafkaUnavailableException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
