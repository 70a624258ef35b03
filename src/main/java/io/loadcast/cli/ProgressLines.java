package io.loadcast.cli;

import io.loadcast.feed.FeedProgress;
import java.io.PrintWriter;
import java.time.Instant;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

/** A feed's progress as a line every few seconds. For one thread. */
final class ProgressLines implements FeedProgress {
    private static final long INTERVAL_NANOS = TimeUnit.SECONDS.toNanos(3);

    private final PrintWriter target;
    private final long total;
    private long lastNanos = System.nanoTime();

    ProgressLines(PrintWriter target, long total) {
        this.target = target;
        this.total = total;
    }

    @Override
    public void at(Instant validTime, long readings) {
        long now = System.nanoTime();
        if (now - lastNanos >= INTERVAL_NANOS) {
            lastNanos = now;
            target.printf(Locale.ROOT, "%s: %,d of %,d readings sent%n", validTime, readings, total);
            target.flush();
        }
    }
}
