package io.loadcast.streaming;

/** What the tasks of one stream thread have done together, as they share its transaction. Used on that thread. */
final class ThreadPace {
    /** How many readings they took. */
    long readings;

    /** When one of them asked for a commit last, by the wall clock. */
    long commitMillis;
}
