package io.loadcast.view;

/** What is not a valid reading; the message names the field, the value and the remedy. */
public final class RefusedReadingException extends Exception {
    private static final long serialVersionUID = 1L;

    private final String reason;
    private final String detail;

    /** @param reason a code, as dead letters carry it */
    public RefusedReadingException(String reason, String detail) {
        // An expected outcome: nobody looks at its stack.
        super(detail, null, false, false);
        this.reason = reason;
        this.detail = detail;
    }

    public String reason() {
        return reason;
    }

    public String detail() {
        return detail;
    }
}
