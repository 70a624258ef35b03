package io.loadcast.cli;

import io.loadcast.replay.ReplayProgress;
import java.io.PrintWriter;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

/** A replay's progress as a line every few seconds, with the rate of the last ones. For one thread. */
final class ReplayLines implements ReplayProgress {
    private static final long INTERVAL_NANOS = TimeUnit.SECONDS.toNanos(3);

    private final String command;
    private final PrintWriter target;
    private long lastNanos;
    private long lastDone = -1;
    private long firstDone = -1;
    private long newestDone;

    ReplayLines(String command, PrintWriter target) {
        this.command = command;
        this.target = target;
    }

    /** Lines of the same command, for its next replay. */
    ReplayLines ofNextReplay() {
        return new ReplayLines(command, target);
    }

    @Override
    public void say(String sentence) {
        target.println("loadcast " + command + ": " + sentence);
        target.flush();
    }

    @Override
    public void at(long done, long total) {
        long now = System.nanoTime();
        newestDone = done;
        if (lastDone < 0) {
            firstDone = done;
            lastDone = done;
            lastNanos = now;
            return;
        }
        if (now - lastNanos < INTERVAL_NANOS) {
            return;
        }
        double perSecond = (done - lastDone) * 1e9 / (now - lastNanos);
        say(String.format(
                Locale.ROOT,
                "%,d of %,d records (%.0f %%), %,.0f/s%s",
                done,
                total,
                100.0 * done / Math.max(1, total),
                perSecond,
                perSecond > 0 && done < total
                        ? String.format(Locale.ROOT, ", %,.0f s left", (total - done) / perSecond)
                        : ""));
        lastDone = done;
        lastNanos = now;
    }

    /** Records of this run. */
    long processed() {
        return Math.max(0, newestDone - firstDone);
    }
}
