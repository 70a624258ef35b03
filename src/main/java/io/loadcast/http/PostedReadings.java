package io.loadcast.http;

import io.micronaut.core.annotation.Introspected;
import java.util.List;

/**
 * What became of the readings of a request.
 *
 * @param accepted how many Kafka has now
 * @param rejected the others, the first 1,000 of them
 * @param rejectedCount how many others there are
 */
@Introspected
public record PostedReadings(int accepted, List<Rejected> rejected, int rejectedCount) {
    /** How many are listed: a body of a megabyte may have half a million. */
    static final int MOST_LISTED = 1_000;

    /**
     * One that is no valid reading.
     *
     * @param index its place in the request, from 0
     * @param reason a code, as dead letters carry it
     * @param detail which field is wrong, its value, and what to send instead
     */
    @Introspected
    public record Rejected(int index, String reason, String detail) {}
}
