package io.loadcast.training;

/** A training run was asked to stop, and did between two steps; the message says how to go on. */
public final class TrainingInterruptedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    TrainingInterruptedException(String message) {
        super(message);
    }
}
