package io.loadcast.streaming;

import static io.loadcast.streaming.InvalidReadingException.quote;
import static io.loadcast.streaming.RecordFields.FUTURE_TOLERANCE;

import com.fasterxml.jackson.databind.JsonNode;
import io.loadcast.domain.Meter;
import io.loadcast.domain.MeterReading;
import io.loadcast.domain.MeteringInterval;
import io.loadcast.domain.Region;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Reads the records of the meter-readings topic, strictly: what it lets through is a valid {@link MeterReading}. Unknown fields are
 * ignored. Thread-safe.
 */
final class MeterReadingJson {
    private static final int SECONDS = 60;

    private MeterReadingJson() {}

    /**
     * Reads one record.
     *
     * @param now the wall clock, for telling metering intervals of the future
     * @throws InvalidReadingException if the record is not a valid meter reading
     */
    static MeterReading parse(byte @Nullable [] key, byte @Nullable [] value, Instant now)
            throws InvalidReadingException {
        RecordFields fields =
                RecordFields.of(value, "meter, region, valid_time, duration_minutes, and energy_kwh or power_kw");
        Region region = fields.region(key);
        Meter meter = meter(fields);
        MeteringInterval interval = interval(fields, now);
        return new MeterReading(region, meter, interval, energy(fields, interval.minutes()));
    }

    private static Meter meter(RecordFields fields) throws InvalidReadingException {
        try {
            return new Meter(fields.text("meter"));
        } catch (IllegalArgumentException e) {
            throw new InvalidReadingException(RejectionReason.BAD_METER, String.valueOf(e.getMessage()));
        }
    }

    private static MeteringInterval interval(RecordFields fields, Instant now) throws InvalidReadingException {
        Instant start = fields.time("valid_time");
        if (start.getNano() != 0 || start.getEpochSecond() % SECONDS != 0) {
            throw new InvalidReadingException(
                    RejectionReason.NOT_WHOLE_MINUTE,
                    "field valid_time is " + quote(fields.text("valid_time"))
                            + "; send the start of the metering interval, on a whole minute");
        }
        MeteringInterval interval = new MeteringInterval(start.getEpochSecond() / SECONDS, minutes(fields));
        Instant end = Instant.ofEpochSecond(interval.endMinute() * SECONDS);
        if (end.isAfter(now.plus(FUTURE_TOLERANCE))) {
            throw new InvalidReadingException(
                    RejectionReason.FROM_THE_FUTURE,
                    "the metering interval ends at " + end + ", more than " + FUTURE_TOLERANCE.toHours()
                            + " h ahead of this machine's clock (" + now + "); set the clock that is wrong");
        }
        return interval;
    }

    private static int minutes(RecordFields fields) throws InvalidReadingException {
        JsonNode minutes = fields.field("duration_minutes");
        boolean valid = minutes.isIntegralNumber()
                && minutes.canConvertToInt()
                && minutes.intValue() >= 1
                && minutes.intValue() <= MeteringInterval.LONGEST_MINUTES;
        if (!valid) {
            throw new InvalidReadingException(
                    minutes.isNumber() ? RejectionReason.BAD_DURATION : RejectionReason.WRONG_TYPE,
                    "field duration_minutes is " + fields.shown("duration_minutes") + "; send whole minutes from 1 to "
                            + MeteringInterval.LONGEST_MINUTES);
        }
        return minutes.intValue();
    }

    /** In mWh, rounded: what a meter resolves is coarser. */
    private static long energy(RecordFields fields, int minutes) throws InvalidReadingException {
        boolean isPower = fields.has("power_kw");
        if (isPower == fields.has("energy_kwh")) {
            throw isPower
                    ? new InvalidReadingException(
                            RejectionReason.BAD_ENERGY,
                            "fields energy_kwh and power_kw are both there; send one of them")
                    : new InvalidReadingException(
                            RejectionReason.MISSING_FIELD,
                            "fields energy_kwh and power_kw are missing; add one of them");
        }
        String name = isPower ? "power_kw" : "energy_kwh";
        double value = fields.number(name, isPower ? "kW" : "kWh");
        double hours = minutes / 60.0;
        double largest = isPower ? MeterReading.LARGEST_POWER_KW : MeterReading.LARGEST_POWER_KW * hours;
        if (!(value >= 0 && value <= largest)) {
            throw new InvalidReadingException(
                    RejectionReason.BAD_ENERGY,
                    "field " + name + " is " + fields.shown(name) + "; send what was consumed, from 0 to " + largest);
        }
        double milliwattHours = value * MeterReading.MILLIWATT_HOURS_PER_KWH;
        return Math.round(isPower ? milliwattHours * minutes / 60 : milliwattHours);
    }
}
