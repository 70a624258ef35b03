package io.loadcast.cli;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Ctrl-C, or a request to terminate: told to the work, and held back until the work has ended in good order. Thread-safe. */
final class Interruption {
    private static final int PATIENCE_SECONDS = 15;

    private final CountDownLatch happened = new CountDownLatch(1);
    private final CountDownLatch handled = new CountDownLatch(1);
    private volatile Runnable action = () -> {};

    private Interruption() {}

    /** From now on the program does not go before {@link #handled}, for 15 seconds at most. */
    static Interruption guard() {
        Interruption interruption = new Interruption();
        Runtime.getRuntime().addShutdownHook(new Thread(interruption::happen, "interruption"));
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

    /** The work has ended; the program may go. */
    void handled() {
        handled.countDown();
    }

    private void happen() {
        happened.countDown();
        action.run();
        try {
            handled.await(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
