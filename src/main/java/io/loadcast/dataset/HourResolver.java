package io.loadcast.dataset;

import io.loadcast.domain.EpochHour;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.temporal.Temporal;
import java.util.List;

/**
 * Finds the UTC hour that a time label names, by the rules of one zone.
 *
 * <p>A local label names no hour where clocks jump forward, and two where they are set back by an hour. Where they are set back by
 * less (Lord Howe: 30 minutes) only one of the two candidates starts a whole UTC hour, and the label is plain again.
 */
final class HourResolver {
    private final ZoneId zone;
    private final HourLabel label;

    HourResolver(ZoneId zone, HourLabel label) {
        this.zone = zone;
        this.label = label;
    }

    /** The hours that the label may name, earliest first: none, one or two. */
    Hours resolve(Temporal time) {
        if (time instanceof OffsetDateTime fixed) {
            return Hours.of(fixed.toInstant().minusSeconds(3600L * label.hoursAfterStart()));
        }
        LocalDateTime start = ((LocalDateTime) time).minusHours(label.hoursAfterStart());
        List<ZoneOffset> offsets = zone.getRules().getValidOffsets(start);
        if (offsets.isEmpty()) {
            return Hours.SKIPPED;
        }
        Hours earlier = Hours.of(start.toInstant(offsets.get(0)));
        return offsets.size() == 1 ? earlier : earlier.or(Hours.of(start.toInstant(offsets.get(1))));
    }

    /**
     * The hours that a label may name.
     *
     * @param first the only or earlier epoch hour
     * @param last the only or later epoch hour; before {@code first} if there is none
     */
    record Hours(long first, long last) {
        /** The zone's clocks jump over the label. */
        static final Hours SKIPPED = new Hours(0, -1);
        /** The label names an instant that does not start a UTC hour. */
        static final Hours NOT_WHOLE = new Hours(0, -2);

        static Hours of(Instant start) {
            long hour = EpochHour.containing(start);
            return EpochHour.isStartOfHour(start) ? new Hours(hour, hour) : NOT_WHOLE;
        }

        Hours or(Hours later) {
            if (isNone()) {
                return later;
            }
            return later.isNone() ? this : new Hours(first, later.last);
        }

        boolean isNone() {
            return last < first;
        }

        boolean isAmbiguous() {
            return last > first;
        }
    }
}
