package io.loadcast.metering;

/** What is done about a region's known meters that are missing when an hour closes. */
public enum MissingMeters {
    /** The sum is scaled up by the weight of those that are missing, if what is there is complete enough. */
    SCALE,
    /** The hour waits until all of them are complete. */
    WAIT
}
