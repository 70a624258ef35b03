package io.loadcast.training;

import java.io.PrintWriter;
import java.time.Duration;
import java.util.Locale;

/**
 * What a training run tells a person: a bar that redraws itself where there is a terminal, and a line per epoch. Not
 * thread-safe.
 */
public final class TrainingProgress {
    private static final int BAR_WIDTH = 16;
    private static final long REDRAW_NANOS = 200_000_000;

    private final PrintWriter out;
    private final boolean redraws;
    private int epochs;
    private int windowsPerEpoch;
    private int epoch;
    private long started;
    private long windows;
    private long windowsSinceStart;
    private double lossSum;
    private int lossCount;
    private long lastDrawn;

    /** @param redraws whether the stream is a terminal that can go back to the start of a line */
    public TrainingProgress(PrintWriter out, boolean redraws) {
        this.out = out;
        this.redraws = redraws;
    }

    void start(int lastEpoch) {
        epochs = lastEpoch;
        started = System.nanoTime();
    }

    void note(String line) {
        out.println(line);
        out.flush();
    }

    /** @param alreadyDone windows of it that an earlier process has done */
    void epoch(int number, int windowsInIt, int alreadyDone) {
        epoch = number;
        windowsPerEpoch = windowsInIt;
        windows = alreadyDone;
        lossSum = 0;
        lossCount = 0;
    }

    void step(int size, float loss) {
        windows += size;
        windowsSinceStart += size;
        lossSum += loss;
        lossCount++;
        long now = System.nanoTime();
        if (redraws && now - lastDrawn >= REDRAW_NANOS) {
            lastDrawn = now;
            out.print("\r" + bar() + " " + figures());
            out.flush();
        }
    }

    void epochDone(ValidationScore score, boolean best) {
        out.println((redraws ? "\r" : "") + figures() + "  " + score.told() + (best ? "  *" : ""));
        out.flush();
    }

    /** Leaves the bar where it stands and begins a new line. */
    void stopped() {
        if (redraws) {
            out.println();
            out.flush();
        }
    }

    private String bar() {
        int filled = (int) (BAR_WIDTH * windows / Math.max(1, windowsPerEpoch));
        return "[" + "#".repeat(filled) + ".".repeat(BAR_WIDTH - filled) + "]";
    }

    private String figures() {
        double rate = windowsSinceStart / Math.max(1e-9, (System.nanoTime() - started) / 1e9);
        double left = ((double) (epochs - epoch) * windowsPerEpoch + windowsPerEpoch - windows) / Math.max(1e-9, rate);
        return String.format(
                Locale.ROOT,
                "epoch %d/%d  loss %.4f  %.0f windows/s  %s left",
                epoch,
                epochs,
                lossSum / Math.max(1, lossCount),
                rate,
                minutes(Duration.ofSeconds((long) left)));
    }

    private static String minutes(Duration duration) {
        return String.format(Locale.ROOT, "%d:%02d min", duration.toMinutes(), duration.toSecondsPart());
    }
}
