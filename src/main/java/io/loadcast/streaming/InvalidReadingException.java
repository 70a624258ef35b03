package io.loadcast.streaming;

/** A record that is not a valid reading; the message names the field, the value and the remedy. */
public final class InvalidReadingException extends Exception {
    private static final long serialVersionUID = 1L;
    private static final int LONGEST_QUOTE = 80;

    private final RejectionReason reason;
    private final String detail;

    InvalidReadingException(RejectionReason reason, String message) {
        // An expected outcome on a hot path: nobody looks at its stack.
        super(message, null, false, false);
        this.reason = reason;
        this.detail = message;
    }

    public RejectionReason reason() {
        return reason;
    }

    @Override
    public String getMessage() {
        return detail;
    }

    /** A value as a message may show it: shortened, and without line breaks or control characters. */
    static String quote(String value) {
        String head = value.length() <= LONGEST_QUOTE ? value : value.substring(0, LONGEST_QUOTE) + "…";
        return "'" + head.replaceAll("\\p{Cntrl}", "�") + "'";
    }
}
