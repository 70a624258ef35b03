package io.loadcast.feed;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Holds a feed back to its speed. Hours are timed from the first one, not from one another, so delays do not add up; hours for
 * which there is nothing to send, such as the years between two files, take no time. For one thread; the latch that ends the
 * waiting may be released by another.
 */
final class Pace {
    private final Speed speed;
    private final CountDownLatch stop;
    private final long startNanos = System.nanoTime();
    private long hoursBefore;

    Pace(Speed speed, CountDownLatch stop) {
        this.speed = speed;
        this.stop = stop;
    }

    /** Waits until the next hour is due; false if the feed was stopped or its thread interrupted meanwhile. */
    boolean awaitNextHour() {
        Duration wait = speed.dueAfter(hoursBefore++).minus(elapsed());
        try {
            return !stop.await(wait.toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    Duration elapsed() {
        return Duration.ofNanos(System.nanoTime() - startNanos);
    }
}
