package io.loadcast.streaming;

import static io.loadcast.streaming.InvalidReadingException.quote;
import static io.loadcast.streaming.RecordFields.FUTURE_TOLERANCE;

import io.loadcast.domain.EpochHour;
import io.loadcast.domain.Reading;
import io.loadcast.domain.Region;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/**
 * Reads the records of the readings topic, strictly: what it lets through is a valid {@link Reading}. Unknown fields are ignored.
 * Thread-safe.
 */
public final class ReadingJson {
    private static final String FIELDS = "region, valid_time, load_mw";

    private ReadingJson() {}

    /**
     * Reads one record.
     *
     * @param now the wall clock, for telling readings of the future
     * @throws InvalidReadingException if the record is not a valid reading
     */
    public static Reading parse(byte @Nullable [] key, byte @Nullable [] value, Instant now)
            throws InvalidReadingException {
        RecordFields fields = RecordFields.of(value, FIELDS);
        Region region = fields.region(key);
        Instant validTime = validTime(fields, now);
        return new Reading(region, validTime, loadMw(fields));
    }

    /**
     * Reads what is to become a record: it has no key yet.
     *
     * @throws InvalidReadingException if it would not be a valid reading
     */
    public static Reading parse(byte[] value, Instant now) throws InvalidReadingException {
        RecordFields fields = RecordFields.of(value, FIELDS);
        Region region = fields.region();
        Instant validTime = validTime(fields, now);
        return new Reading(region, validTime, loadMw(fields));
    }

    private static Instant validTime(RecordFields fields, Instant now) throws InvalidReadingException {
        Instant validTime = fields.time("valid_time");
        if (!EpochHour.isStartOfHour(validTime)) {
            throw new InvalidReadingException(
                    RejectionReason.NOT_WHOLE_HOUR,
                    "field valid_time is " + quote(fields.text("valid_time")) + "; send the start of the hour in UTC, "
                            + validTime.truncatedTo(ChronoUnit.HOURS));
        }
        if (validTime.isAfter(now.plus(FUTURE_TOLERANCE))) {
            throw new InvalidReadingException(
                    RejectionReason.FROM_THE_FUTURE,
                    "field valid_time is " + quote(fields.text("valid_time")) + ", more than "
                            + FUTURE_TOLERANCE.toHours() + " h ahead of this machine's clock (" + now
                            + "); set the clock that is wrong");
        }
        return validTime;
    }

    private static double loadMw(RecordFields fields) throws InvalidReadingException {
        double loadMw = fields.number("load_mw", "MW");
        if (!(loadMw >= 0 && loadMw <= Reading.LARGEST_LOAD_MW)) {
            throw new InvalidReadingException(
                    RejectionReason.BAD_LOAD,
                    "field load_mw is " + fields.shown("load_mw") + "; send MW from 0 to " + Reading.LARGEST_LOAD_MW);
        }
        return loadMw;
    }
}
