package io.loadcast.faults;

/**
 * What a {@code kill -9} of the application hit.
 *
 * @param windowsInCall of the call of the engine that had begun and not ended; 0 if there was none
 * @param lag readings that were on the topic before it, and whose offsets are not committed after it
 */
record Kill(long windowsInCall, long lag) {
    boolean wasInsideTheModel() {
        return windowsInCall > 0;
    }
}
