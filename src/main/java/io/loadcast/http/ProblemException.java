package io.loadcast.http;

import io.micronaut.http.HttpStatus;

/** A request that is refused; the message names what is wrong and what to send instead. */
final class ProblemException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final HttpStatus status;
    private final String detail;
    private final long retryAfterSeconds;

    ProblemException(HttpStatus status, String detail) {
        this(status, detail, 0);
    }

    /** @param retryAfterSeconds when to try again; 0 if that would not help */
    ProblemException(HttpStatus status, String detail, long retryAfterSeconds) {
        // An expected outcome: nobody looks at its stack.
        super(detail, null, false, false);
        this.status = status;
        this.detail = detail;
        this.retryAfterSeconds = retryAfterSeconds;
    }

    static ProblemException unknownRegion(String region) {
        return new ProblemException(
                HttpStatus.NOT_FOUND, "region " + Quoted.of(region) + " is not known; GET /api/v1/regions lists all");
    }

    HttpStatus status() {
        return status;
    }

    String detail() {
        return detail;
    }

    long retryAfterSeconds() {
        return retryAfterSeconds;
    }
}
