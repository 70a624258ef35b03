package io.loadcast.forecasting;

/** A stored state that was not written for this model and these settings; no retry mends it. The message says what does. */
public final class IncompatibleStateException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private IncompatibleStateException(String message) {
        super(message);
    }

    static IncompatibleStateException ofProfile() {
        return new IncompatibleStateException(
                "a stored load profile was written by another version of loadcast; run with"
                        + " that version, or under a new application id");
    }

    static IncompatibleStateException ofChallenger() {
        return new IncompatibleStateException(
                "a stored state of a challenger was written by another version of loadcast; run with"
                        + " that version, or under a new application id");
    }

    static IncompatibleStateException of(StateLayout layout) {
        return new IncompatibleStateException("the stored region state was not written by this version of loadcast"
                + " for a lookback of " + layout.lookbackHours() + " h and a backlog of " + layout.backlogHours()
                + " h; run with the version, the model and the backlog it was written with, or under a new"
                + " application id");
    }
}
