package io.loadcast.http;

import io.micronaut.core.annotation.Introspected;
import java.util.List;

/**
 * A {@link Problem} with the readings of a request, none of which is valid.
 *
 * @param type always {@code about:blank}
 * @param title the status in words
 * @param detail what is wrong
 * @param instance the path that was asked for
 * @param accepted always 0
 * @param rejected the readings, each with its reason, the first 1,000 of them
 * @param rejectedCount how many there are
 */
@Introspected
public record RejectedProblem(
        String type,
        String title,
        int status,
        String detail,
        String instance,
        int accepted,
        List<PostedReadings.Rejected> rejected,
        int rejectedCount) {}
