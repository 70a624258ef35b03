package io.loadcast.streaming;

import java.util.function.Supplier;
import org.apache.kafka.streams.errors.StreamsException;

/** What the tasks of one stream thread have done together, as they share its transaction. Used on that thread. */
public final class ThreadPace {
    /** Time servers take back less than that now and then; it costs no more than itself. */
    static final long MOST_BACK_MILLIS = 2_000;

    /** How many readings and meter readings they took. */
    long readings;

    /** When one of them asked for a commit last, by the wall clock. */
    long commitMillis;

    private long newestMillis;

    ThreadPace() {}

    /** Gives each thread its own; to be shared by all topologies whose tasks a thread may have together. */
    public static Supplier<ThreadPace> ofEachThread() {
        return ThreadLocal.withInitial(ThreadPace::new)::get;
    }

    /**
     * To be told of the wall clock with each record. Kafka's clients reckon with it: under one that was set back they send no
     * heartbeat, and the thread neither punctuates nor commits, until it has caught up, which may take hours. A new thread has
     * new clients.
     *
     * @throws StreamsException if it was set back, so that the thread is replaced
     */
    void look(long nowMillis) {
        if (nowMillis < newestMillis - MOST_BACK_MILLIS) {
            throw new StreamsException("the wall clock was set back by " + (newestMillis - nowMillis) + " ms");
        }
        newestMillis = Math.max(newestMillis, nowMillis);
    }
}
