package io.loadcast.cli;

import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import sun.misc.Signal;

/**
 * Ctrl-C, or a request to terminate: told to the work, which ends in good order before the program does. Thread-safe.
 *
 * <p>The signals are taken here, not left to the JVM: it would run all shutdown hooks at the same time, and the one of ONNX Runtime
 * frees what models still run with, which ends in a crash.
 */
final class Interruption {
    private static final Logger LOG = LoggerFactory.getLogger(Interruption.class);
    private static final List<String> SIGNALS = List.of("INT", "TERM", "HUP");
    private static final int PATIENCE_SECONDS = 15;

    /** What a shell makes of a program that a signal has ended. */
    private static final int ENDED_BY_SIGNAL = 128;

    private final CountDownLatch happened = new CountDownLatch(1);
    private final CountDownLatch handled = new CountDownLatch(1);
    private volatile Runnable action = () -> {};

    private Interruption() {}

    /** From now on these signals do not end the program before {@link #handled}, for 15 seconds at most. */
    static Interruption guard() {
        Interruption interruption = new Interruption();
        for (String name : SIGNALS) {
            try {
                Signal.handle(new Signal(name), interruption::happen);
            } catch (IllegalArgumentException e) {
                LOG.debug("signal {} is not to be had: the JVM was told to leave it alone", name, e);
            }
        }
        return interruption;
    }

    /** What to do when it happens, or now if it has happened; perhaps twice. */
    void then(Runnable newAction) {
        action = newAction;
        if (happened()) {
            newAction.run();
        }
    }

    boolean happened() {
        return happened.getCount() == 0;
    }

    /** Waits until it happens, at most so long; tells whether it has. */
    boolean await(long timeout, TimeUnit unit) throws InterruptedException {
        return happened.await(timeout, unit);
    }

    /** The work has ended; the program may go. If it has happened, the program goes now, and this does not return. */
    void handled() {
        handled.countDown();
        while (happened()) {
            try {
                Thread.currentThread().join();
            } catch (InterruptedException e) {
                LOG.debug("interrupted at the very end", e);
            }
        }
    }

    /** Called on a thread of its own for each signal; those after the first one change nothing. */
    private void happen(Signal signal) {
        synchronized (this) {
            if (happened()) {
                return;
            }
            happened.countDown();
        }
        int status = ENDED_BY_SIGNAL + signal.getNumber();
        try {
            action.run();
            if (handled.await(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                System.exit(status);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            // No order can be kept any more, so nothing is taken from under what still runs; Kafka has what is
            // committed.
            Runtime.getRuntime().halt(status);
        }
    }
}
