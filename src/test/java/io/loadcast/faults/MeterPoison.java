package io.loadcast.faults;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.loadcast.streaming.RejectionReason;
import java.util.Arrays;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/** Kinds of records that are no meter readings, each made from one that was sent just before, and why each has to be refused. */
enum MeterPoison {
    NO_JSON(RejectionReason.NOT_JSON, (r, random) -> "{\"meter\":" + r.meter),
    TWO_DOCUMENTS(RejectionReason.NOT_JSON, (r, random) -> r.json().repeat(2)),
    NOT_A_NUMBER(RejectionReason.NOT_JSON, (r, random) -> r.withEnergy("\"energy_kwh\":NaN")),
    LARGE(
            RejectionReason.TOO_LARGE,
            (r, random) -> r.withEnergy("\"energy_kwh\":1,\"x\":\"" + "x".repeat(66_000) + '"')),
    ENERGY_AS_TEXT(
            RejectionReason.WRONG_TYPE, (r, random) -> r.withEnergy("\"energy_kwh\":\"" + r.kilowattHours + '"')),
    NO_ENERGY(RejectionReason.MISSING_FIELD, (r, random) -> r.withEnergy("\"energy_kwh\":null")),
    ENERGY_AND_POWER(RejectionReason.BAD_ENERGY, (r, random) -> r.withEnergy("\"energy_kwh\":1,\"power_kw\":1")),
    NEGATIVE(RejectionReason.BAD_ENERGY, (r, random) -> r.withEnergy("\"energy_kwh\":-1")),
    HUGE(RejectionReason.BAD_ENERGY, (r, random) -> r.withEnergy("\"power_kw\":1e" + (10 + random.nextInt(900)))),
    NO_METER(RejectionReason.MISSING_FIELD, (r, random) -> r.withMeter("null")),
    METER_AS_NUMBER(RejectionReason.WRONG_TYPE, (r, random) -> r.withMeter("17")),
    BLANK_METER(RejectionReason.BAD_METER, (r, random) -> r.withMeter("\" \"")),
    NO_DURATION(RejectionReason.BAD_DURATION, (r, random) -> r.withMinutes("0")),
    LONG_DURATION(RejectionReason.BAD_DURATION, (r, random) -> r.withMinutes("" + (61 + random.nextInt(10_000)))),
    HALF_MINUTES(RejectionReason.BAD_DURATION, (r, random) -> r.withMinutes("2.5")),
    OTHER_KEY(RejectionReason.KEY_MISMATCH, (r, random) -> r.json().replace(r.region, r.region + "x")),
    NO_ZONE(RejectionReason.BAD_TIME, (r, random) -> r.withTime(r.time.replace("Z", ""))),
    HALF_MINUTE(RejectionReason.NOT_WHOLE_MINUTE, (r, random) -> r.withTime(r.time.replace(":00Z", ":30Z"))),
    FUTURE(
            RejectionReason.FROM_THE_FUTURE,
            (r, random) -> r.withTime("2" + (100 + random.nextInt(900)) + "-01-01T00:00:00Z")),
    FAR_PAST(RejectionReason.TOO_LATE, (r, random) -> r.withTime("1971-01-01T00:00:00Z")),
    OVERLAPPING(RejectionReason.OVERLAPPING, (r, random) -> r.withMinutes("" + (r.minutes - 1))),
    NULL(RejectionReason.NULL_VALUE, (r, random) -> null),
    NOT_UTF_8(RejectionReason.NOT_UTF_8, (r, random) -> r.json()) {
        @Override
        byte @Nullable [] value(Source reading, Random random) {
            byte[] value = reading.json().getBytes(UTF_8);
            value[random.nextInt(value.length)] = (byte) 0xFF;
            return value;
        }
    },
    TRUNCATED(RejectionReason.NOT_JSON, (r, random) -> r.json()) {
        @Override
        byte @Nullable [] value(Source reading, Random random) {
            byte[] whole = reading.json().getBytes(UTF_8);
            return Arrays.copyOf(whole, random.nextInt(whole.length)); // none of it, at times
        }
    };

    /** What poison is made of: a meter reading of a region of which an hour has closed. */
    record Source(String region, String meter, String time, int minutes, String kilowattHours) {
        String json() {
            return withEnergy("\"energy_kwh\":" + kilowattHours);
        }

        String withEnergy(String energy) {
            return json('"' + meter + '"', time, String.valueOf(minutes), energy);
        }

        String withMeter(String named) {
            return json(named, time, String.valueOf(minutes), "\"energy_kwh\":" + kilowattHours);
        }

        String withMinutes(String duration) {
            return json('"' + meter + '"', time, duration, "\"energy_kwh\":" + kilowattHours);
        }

        String withTime(String start) {
            return json('"' + meter + '"', start, String.valueOf(minutes), "\"energy_kwh\":" + kilowattHours);
        }

        private String json(String named, String start, String duration, String energy) {
            return "{\"meter\":" + named + ",\"region\":\"" + region + "\",\"valid_time\":\"" + start
                    + "\",\"duration_minutes\":" + duration + "," + energy + "}";
        }
    }

    private interface Making {
        @Nullable
        String of(Source reading, Random random);
    }

    private final RejectionReason reason;
    private final Making making;

    MeterPoison(RejectionReason reason, Making making) {
        this.reason = reason;
        this.making = making;
    }

    /** The {@code loadcast_reason} of its dead letter. */
    String reason() {
        return reason.code();
    }

    /** To be sent with the reading's region as key, after the reading. */
    byte @Nullable [] value(Source reading, Random random) {
        String text = making.of(reading, random);
        return text == null ? null : text.getBytes(UTF_8);
    }
}
