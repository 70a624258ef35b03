package io.loadcast.inference;

import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession.RunOptions;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Stops runs of a session that take longer than a bound. Thread-safe; whoever made it closes it, after the last run.
 *
 * <p>Implementation notes. A run only enters a set and leaves it; one thread looks at the set twenty times a bound, at least ten
 * times a second, so a run is stopped at most a tenth of a second late. A timer for each run would wake that thread for each run,
 * at several times the cost. ONNX Runtime looks whether it is to stop between two nodes of the graph: a single node runs to its
 * end, and a driver that hangs cannot be stopped at all; that is told once, as an error.
 */
final class RunWatchdog implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(RunWatchdog.class);
    private static final int LOOKS_PER_BOUND = 20;
    private static final long RAREST_LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(100);
    private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(2);
    private static final long OFTENEST_LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(1);

    private final Duration bound;
    private final Set<Watched> running = ConcurrentHashMap.newKeySet();
    private final ScheduledExecutorService thread;

    RunWatchdog(Duration bound) {
        this.bound = bound;
        this.thread = Executors.newSingleThreadScheduledExecutor(task -> {
            Thread watching = new Thread(task, "loadcast-run-watchdog");
            watching.setDaemon(true);
            return watching;
        });
        long look = Math.max(OFTENEST_LOOK_NANOS, Math.min(RAREST_LOOK_NANOS, bound.toNanos() / LOOKS_PER_BOUND));
        // The future is of no use: look() catches what it throws, and closing cancels it.
        thread.scheduleWithFixedDelay(this::look, look, look, TimeUnit.NANOSECONDS);
    }

    Duration bound() {
        return bound;
    }

    /** Watches one run, from now until it is closed. */
    Watched watch() throws OrtException {
        Watched run = new Watched(new RunOptions());
        running.add(run);
        return run;
    }

    private void look() {
        long now = System.nanoTime();
        for (Watched run : running) {
            try {
                run.stopIfOver(now);
            } catch (OrtException e) {
                LOG.error(
                        "a run of a model that takes too long cannot be stopped; if forecasts stay away, start again: {}",
                        e.getMessage());
            }
        }
    }

    @Override
    public void close() {
        thread.shutdownNow();
    }

    /** One run. */
    final class Watched implements AutoCloseable {
        private final RunOptions options;
        private final long startNanos = System.nanoTime();
        private boolean stopped;
        private boolean told;
        private boolean over;

        Watched(RunOptions options) {
            this.options = options;
        }

        RunOptions options() {
            return options;
        }

        /** Whether it was told to stop. */
        synchronized boolean isStopped() {
            return stopped;
        }

        /** Synchronized with {@link #close}, after which the options are no more. */
        private synchronized void stopIfOver(long now) throws OrtException {
            long taken = now - startNanos;
            if (over || taken <= bound.toNanos()) {
                return;
            }
            if (!stopped) {
                stopped = true;
                options.setTerminate(true);
            } else if (!told && taken > 2 * bound.toNanos() + PATIENCE_NANOS) {
                told = true;
                LOG.error(
                        "a run of a model was told to stop after {} ms and has not come back after {}; if the device or its "
                                + "driver hangs, only a restart helps, and nothing is lost by it",
                        bound.toMillis(),
                        TimeUnit.NANOSECONDS.toMillis(taken));
            }
        }

        @Override
        public synchronized void close() {
            over = true;
            running.remove(this);
            options.close();
        }
    }
}
