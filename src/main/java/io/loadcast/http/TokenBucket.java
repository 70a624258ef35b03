package io.loadcast.http;

import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * A rate that is kept in the long run: what is taken beyond it for a while has to be waited for. Whoever comes while something is left
 * may take more than that, so that nothing is too large ever to pass. Thread-safe.
 */
final class TokenBucket {
    /** How many seconds' worth may be taken at once after a rest. */
    private static final int BURST_SECONDS = 10;

    private final double perSecond;
    private final LongSupplier nanoClock;
    private double left; // guarded by this
    private long atNanos; // guarded by this

    TokenBucket(double perSecond, LongSupplier nanoClock) {
        this.perSecond = perSecond;
        this.nanoClock = nanoClock;
        this.left = perSecond * BURST_SECONDS;
        this.atNanos = nanoClock.getAsLong();
    }

    /** Takes so many, or none; says after how many seconds to come again, 0 if they were taken. */
    synchronized long take(int tokens) {
        long now = nanoClock.getAsLong();
        left = Math.min(perSecond * BURST_SECONDS, left + perSecond * (now - atNanos) / TimeUnit.SECONDS.toNanos(1));
        atNanos = now;
        if (left <= 0) {
            return 1 + (long) (-left / perSecond);
        }
        left -= tokens;
        return 0;
    }
}
