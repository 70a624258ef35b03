package io.loadcast.view;

import java.util.Locale;
import java.util.Optional;

/** What can happen in a view. */
public enum EventKind {
    /** A load was read. */
    TICK,
    /** A forecast was issued. */
    FORECAST,
    /** It stands otherwise with a region than before. */
    STATE,
    /** A forecast was scored. */
    ACCURACY,
    /** An alert was raised or cleared. */
    ALERT,
    /** A record was refused. */
    DEAD_LETTER;

    /** As it is written in a stream. */
    public String key() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** That of a key, if there is one. */
    public static Optional<EventKind> ofKey(String key) {
        for (EventKind kind : values()) {
            if (kind.key().equals(key)) {
                return Optional.of(kind);
            }
        }
        return Optional.empty();
    }
}
