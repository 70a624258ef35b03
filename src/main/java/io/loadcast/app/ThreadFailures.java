package io.loadcast.app;

import io.loadcast.forecasting.IncompatibleStateException;
import io.loadcast.metering.IncompatibleMeteringStateException;
import io.loadcast.streaming.StateOriginException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.LongSupplier;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What becomes of a stream thread that failed: it is replaced and goes on where the last commit was, unless no retry can mend the
 * failure or it keeps coming back. Then the topology stops, so that whoever runs the program learns of it. Thread-safe.
 */
final class ThreadFailures implements StreamsUncaughtExceptionHandler {
    static final int MOST = 10;
    static final Duration WITHIN = Duration.ofMinutes(10);

    private static final Logger LOG = LoggerFactory.getLogger(ThreadFailures.class);

    private final LongSupplier nanoTime;
    private final Path stateDirectory;
    private final Deque<Long> recent = new ArrayDeque<>();

    /**
     * @param nanoTime a clock that nobody sets: every value is at least the one before
     * @param stateDirectory of the application: Kafka Streams makes what lies below it
     */
    ThreadFailures(LongSupplier nanoTime, Path stateDirectory) {
        this.nanoTime = nanoTime;
        this.stateDirectory = stateDirectory;
    }

    @Override
    public synchronized StreamThreadExceptionResponse handle(Throwable failure) {
        Throwable root = failure;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        LOG.debug("a stream thread failed", failure);
        if (root instanceof IncompatibleStateException
                || root instanceof IncompatibleMeteringStateException
                || root instanceof StateOriginException) {
            LOG.error("the topology stops: {}", root.getMessage());
            return StreamThreadExceptionResponse.SHUTDOWN_CLIENT;
        }
        if (root instanceof RecordTooLargeException) { // RefusedOutputs has said of which topic
            LOG.error("the topology stops: an output is too large for its topic; raise max.message.bytes of"
                    + " the topic that the line before names, and start again");
            return StreamThreadExceptionResponse.SHUTDOWN_CLIENT;
        }
        if (FullDisk.isSaidBy(root)) {
            LOG.error("{}", FullDisk.REMEDY);
        }
        if (isOneTooMany()) {
            LOG.error(
                    "the topology stops after {} failures within {} minutes; mend the cause and start again, nothing is lost. The last: {}",
                    MOST,
                    WITHIN.toMinutes(),
                    root.toString());
            return StreamThreadExceptionResponse.SHUTDOWN_CLIENT;
        }
        restoreDirectory();
        LOG.error(
                "a stream thread failed and is replaced; its work is done again, nothing is lost. If it comes back, mend the"
                        + " cause: after {} within {} minutes the topology stops. It was: {}",
                MOST,
                WITHIN.toMinutes(),
                root.toString());
        return StreamThreadExceptionResponse.REPLACE_THREAD;
    }

    /** Somebody may have deleted it: the changelog has all that was in it. */
    private void restoreDirectory() {
        try {
            if (!Files.isDirectory(stateDirectory)) {
                Files.createDirectories(stateDirectory);
                LOG.error(
                        "the state directory {} was deleted while it was in use; it is created anew, and the state is"
                                + " restored from the changelog. Keep cleaners of temporary files away from it, or set"
                                + " --state-dir",
                        stateDirectory);
            }
        } catch (IOException e) {
            LOG.error("the state directory {} is gone and cannot be created; create it", stateDirectory);
        }
    }

    private boolean isOneTooMany() {
        long now = nanoTime.getAsLong();
        recent.addLast(now);
        while (now - recent.getFirst() > WITHIN.toNanos()) {
            recent.removeFirst();
        }
        return recent.size() >= MOST;
    }
}
