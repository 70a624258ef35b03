package io.loadcast.http;

import io.micronaut.core.annotation.Introspected;
import java.util.List;

/**
 * A {@link Problem} with all readings of a request.
 *
 * @param type always {@code about:blank}
 * @param title the status in words
 * @param detail what is wrong
 * @param instance the path that was asked for
 * @param accepted always 0
 * @param rejected the readings, each with its reason
 */
@Introspected
public record RejectedProblem(
        String type,
        String title,
        int status,
        String detail,
        String instance,
        int accepted,
        List<PostedReadings.Rejected> rejected) {}
