package io.loadcast.metering;

/** What became of a meter reading. */
public enum MeterReadingOutcome {
    /** It is counted in an hour that was still open. */
    ACCEPTED,
    /** It is counted in an hour that had closed, and revises it. */
    LATE,
    /** The metering interval was known with the same energy; nothing changed. */
    DUPLICATE,
    /** The metering interval was known with another energy, which it replaces. */
    CORRECTION,
    /** It is older than the hours that are kept; refused. */
    TOO_LATE,
    /** It overlaps another metering interval of its meter; refused. */
    OVERLAPPING;

    public boolean isRefused() {
        return this == TOO_LATE || this == OVERLAPPING;
    }
}
