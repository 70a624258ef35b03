package io.loadcast.app;

import io.loadcast.forecasting.IncompatibleStateException;
import io.loadcast.streaming.StateOriginException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
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

    private final Clock clock;
    private final Deque<Instant> recent = new ArrayDeque<>();

    ThreadFailures(Clock clock) {
        this.clock = clock;
    }

    @Override
    public synchronized StreamThreadExceptionResponse handle(Throwable failure) {
        Throwable root = failure;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        LOG.debug("a stream thread failed", failure);
        if (root instanceof IncompatibleStateException || root instanceof StateOriginException) {
            LOG.error("the topology stops: {}", root.getMessage());
            return StreamThreadExceptionResponse.SHUTDOWN_CLIENT;
        }
        if (root instanceof RecordTooLargeException) { // RefusedOutputs has said of which topic
            LOG.error("the topology stops: an output is too large for its topic, see above");
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
        LOG.error(
                "a stream thread failed and is replaced; its work is done again, nothing is lost: {}", root.toString());
        return StreamThreadExceptionResponse.REPLACE_THREAD;
    }

    private boolean isOneTooMany() {
        Instant now = clock.instant();
        recent.addLast(now);
        while (recent.getFirst().isBefore(now.minus(WITHIN))) {
            recent.removeFirst();
        }
        return recent.size() >= MOST;
    }
}
