package io.loadcast.streaming;

import io.loadcast.forecasting.RegionForecasting;
import java.time.Duration;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.streams.errors.StreamsException;
import org.apache.kafka.streams.processor.Cancellable;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.jspecify.annotations.Nullable;

/**
 * Ends what no full batch and no commit interval ends: when no reading came for one to two lingers, what is due is flushed; when
 * none came to any task of the thread either, a commit is asked for, so that outputs of an idle thread are seen at once; and what is
 * due for {@value #OLDEST_MILLIS} ms is flushed though readings keep coming. While they do, commits come at their interval, which can
 * be long, and that makes them cheap.
 *
 * <p>Implementation notes. A stream thread goes round: poll, process, punctuate, maybe commit. A punctuator that flushed whatever
 * it found would make batches of one, for Kafka Streams processes fewer records a round the more it has to punctuate. One that
 * runs while nothing is to be done makes a commit each time: it is armed only from a reading to the next time that the thread is
 * idle. Each commit asked for is a transaction of the whole thread. So a thread asks at most every {@value #COMMIT_MILLIS} ms, and not
 * while another of its tasks is busy: in a burst, one task always waits for its next fetch. Used on the stream thread.
 */
final class IdleFlush {
    static final long OLDEST_MILLIS = 50;
    static final long COMMIT_MILLIS = 50;

    private final ProcessorContext<?, ?> context;
    private final Duration linger;
    private final RegionForecasting forecasting;
    private final ThreadPace pace;
    private final Runnable flush;
    private @Nullable Cancellable punctuator;
    private boolean busy;
    private long dueSinceMillis;
    private long flushesBefore;
    private long committedFlushes;
    private long threadReadingsBefore;

    /** @param pace of the thread that the task runs on */
    IdleFlush(
            ProcessorContext<?, ?> context,
            Duration linger,
            RegionForecasting forecasting,
            ThreadPace pace,
            Runnable flush) {
        this.context = context;
        this.linger = linger;
        this.forecasting = forecasting;
        this.pace = pace;
        this.threadReadingsBefore = pace.readings;
        this.flush = flush;
    }

    /** To be told of every reading, once it is taken. */
    void afterReading() {
        busy = true;
        pace.readings++;
        armOrCancel();
    }

    /** Runs while something is due, or was flushed since the last commit that was asked for. */
    void armOrCancel() {
        if (forecasting.dueHours() == 0 && forecasting.flushes() == committedFlushes) {
            cancel();
            return;
        }
        if (punctuator == null || flushesBefore != forecasting.flushes()) {
            flushesBefore = forecasting.flushes();
            dueSinceMillis = context.currentSystemTimeMs();
        }
        if (punctuator == null) {
            punctuator = context.schedule(linger, PunctuationType.WALL_CLOCK_TIME, this::punctuate);
        }
    }

    void cancel() {
        if (punctuator != null) {
            punctuator.cancel();
            punctuator = null;
        }
    }

    private void punctuate(long nowMillis) {
        boolean idle = !busy;
        busy = false;
        boolean threadIdle = pace.readings == threadReadingsBefore;
        threadReadingsBefore = pace.readings;
        if (idle || nowMillis - dueSinceMillis >= OLDEST_MILLIS) {
            flushWhatIsDue();
        }
        if (idle && threadIdle && nowMillis - pace.commitMillis >= COMMIT_MILLIS) {
            context.commit();
            pace.commitMillis = nowMillis;
            committedFlushes = forecasting.flushes();
        }
        armOrCancel();
    }

    private void flushWhatIsDue() {
        try {
            flush.run();
        } catch (TimeoutException e) {
            // Out of a punctuator, this one exception would mark the task as corrupted. The thread would commit its
            // other tasks, and with them what this task has sent, for they share the transaction: its records would
            // come twice. Any other exception ends the thread, and the transaction with it.
            throw new StreamsException("a client timed out while forecasts were sent", e);
        }
    }
}
