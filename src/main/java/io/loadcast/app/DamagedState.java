package io.loadcast.app;

import org.apache.kafka.streams.errors.ProcessorStateException;

/** A state directory in which stores cannot be opened or read. It can be emptied: the changelog has all that was in it. */
final class DamagedState {
    private DamagedState() {}

    /** Whether a store could not be opened or read, and not for want of room. */
    static boolean isCauseOf(RuntimeException failure) {
        boolean ofStore = false;
        Throwable root = failure;
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            ofStore |= cause instanceof ProcessorStateException;
            root = cause;
        }
        return ofStore && !FullDisk.isSaidBy(root);
    }
}
