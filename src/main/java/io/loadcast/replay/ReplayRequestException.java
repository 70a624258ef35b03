package io.loadcast.replay;

/** A replay that is asked for what makes no sense, or for what is not there: the options are wrong, and not the world. */
public final class ReplayRequestException extends ReplayException {
    private static final long serialVersionUID = 1;

    ReplayRequestException(String message) {
        super(message);
    }
}
