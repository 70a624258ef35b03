package io.loadcast.domain;

import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * How long a reader goes on asking without getting anything: a minute, from when it last got something. A Kafka client that polls in vain
 * does not tell whether brokers are there. For one thread.
 */
public final class Patience {
    /** Long enough for brokers that restart one after the other. */
    public static final Duration LIMIT = Duration.ofMinutes(1);

    private final LongSupplier nanoTime;
    private long lastNanos;

    /** Begins now. */
    public Patience() {
        this(System::nanoTime);
    }

    Patience(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
        this.lastNanos = nanoTime.getAsLong();
    }

    /**
     * Says what the last try brought.
     *
     * @return whether it is at an end: nothing came for a minute
     */
    public boolean isOverAfter(boolean gotSomething) {
        long now = nanoTime.getAsLong();
        if (gotSomething) {
            lastNanos = now;
        }
        return now - lastNanos > LIMIT.toNanos();
    }
}
