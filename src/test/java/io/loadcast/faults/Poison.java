package io.loadcast.faults;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.loadcast.streaming.RejectionReason;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/** Kinds of records that are no readings, each made from a reading that would be one, and why each has to be refused. */
enum Poison {
    NO_JSON(RejectionReason.NOT_JSON, (r, random) -> text("load " + r.load)),
    EMPTY(RejectionReason.NOT_JSON, (r, random) -> new byte[0]),
    TRUNCATED(RejectionReason.NOT_JSON, (r, random) -> {
        byte[] whole = r.json(r.region, r.time, r.load);
        return java.util.Arrays.copyOf(whole, 1 + random.nextInt(whole.length - 1));
    }),
    ARRAY(
            RejectionReason.NOT_JSON,
            (r, random) -> text("[" + new String(r.json(r.region, r.time, r.load), UTF_8) + "]")),
    TWO_DOCUMENTS(
            RejectionReason.NOT_JSON,
            (r, random) -> text(new String(r.json(r.region, r.time, r.load), UTF_8).repeat(2))),
    NOT_A_NUMBER(
            RejectionReason.NOT_JSON,
            (r, random) -> r.json(r.region, r.time, random.nextBoolean() ? "NaN" : "-Infinity")),
    DEEP(RejectionReason.NOT_JSON, (r, random) -> {
        int depth = 17 + random.nextInt(1_000);
        return r.json(r.region, r.time, r.load + ",\"x\":" + "[".repeat(depth) + "]".repeat(depth));
    }),
    FIELD_TWICE(RejectionReason.NOT_JSON, (r, random) -> r.json(r.region, r.time, r.load + ",\"load_mw\":" + r.load)),
    ENDLESS_NUMBER(
            RejectionReason.NOT_JSON,
            (r, random) -> r.json(r.region, r.time, "1".repeat(1_001 + random.nextInt(9_000)))),
    LOAD_AS_TEXT(RejectionReason.WRONG_TYPE, (r, random) -> r.json(r.region, r.time, "\"" + r.load + "\"")),
    NAN_AS_TEXT(RejectionReason.WRONG_TYPE, (r, random) -> r.json(r.region, r.time, "\"NaN\"")),
    LOAD_AS_LIST(RejectionReason.WRONG_TYPE, (r, random) -> r.json(r.region, r.time, "[" + r.load + "]")),
    TIME_AS_NUMBER(RejectionReason.WRONG_TYPE, (r, random) -> r.raw(r.region, "1514764800", r.load)),
    NO_REGION(RejectionReason.MISSING_FIELD, (r, random) -> text("{\"valid_time\":\"" + r.time + "\",\"load_mw\":1}")),
    NO_TIME(RejectionReason.MISSING_FIELD, (r, random) -> text("{\"region\":\"" + r.region + "\",\"load_mw\":1}")),
    NO_LOAD(RejectionReason.MISSING_FIELD, (r, random) -> r.json(r.region, r.time, "null")),
    BAD_REGION(
            RejectionReason.BAD_REGION,
            (r, random) -> r.json(random.nextBoolean() ? "" : "R".repeat(2_000), r.time, r.load)),
    OTHER_KEY(RejectionReason.KEY_MISMATCH, (r, random) -> r.json(r.region + "x", r.time, r.load)),
    NO_DATE(RejectionReason.BAD_TIME, (r, random) -> r.json(r.region, "yesterday", r.load)),
    NO_ZONE(RejectionReason.BAD_TIME, (r, random) -> r.json(r.region, r.time.replace("Z", ""), r.load)),
    BEFORE_1970(RejectionReason.BAD_TIME, (r, random) -> r.json(r.region, "1969-12-31T23:00:00Z", r.load)),
    HALF_HOUR(
            RejectionReason.NOT_WHOLE_HOUR,
            (r, random) -> r.json(r.region, r.time.replace(":00:00Z", ":30:00Z"), r.load)),
    FUTURE(
            RejectionReason.FROM_THE_FUTURE,
            (r, random) -> r.json(r.region, (2_100 + random.nextInt(900)) + "-01-01T00:00:00Z", r.load)),
    FAR_PAST(RejectionReason.TOO_LATE, (r, random) -> r.json(r.region, "1971-01-01T00:00:00Z", r.load)),
    NEGATIVE(RejectionReason.BAD_LOAD, (r, random) -> r.json(r.region, r.time, "-" + r.load)),
    HUGE(RejectionReason.BAD_LOAD, (r, random) -> r.json(r.region, r.time, "1e" + (10 + random.nextInt(900)))),
    NULL(RejectionReason.NULL_VALUE, (r, random) -> null),
    NOT_UTF_8(RejectionReason.NOT_UTF_8, (r, random) -> {
        byte[] value = r.json(r.region, r.time, r.load);
        value[random.nextInt(value.length)] = (byte) 0xFF;
        return value;
    }),
    LARGE(
            RejectionReason.TOO_LARGE,
            (r, random) -> r.json(r.region, r.time, r.load + ",\"x\":\"" + "x".repeat(66_000) + "\""));

    /** What poison is made of: a reading of a region that has been read before. */
    record Source(String region, String time, String load) {
        byte[] json(String region, String time, String load) {
            return raw(region, "\"" + time + "\"", load);
        }

        byte[] raw(String region, String time, String load) {
            return text("{\"region\":\"" + region + "\",\"valid_time\":" + time + ",\"load_mw\":" + load + "}");
        }
    }

    private interface Making {
        byte @Nullable [] of(Source reading, Random random);
    }

    private final RejectionReason reason;
    private final Making making;

    Poison(RejectionReason reason, Making making) {
        this.reason = reason;
        this.making = making;
    }

    /** The {@code loadcast_reason} of its dead letter. */
    String reason() {
        return reason.code();
    }

    /** To be sent with the reading's region as key. */
    byte @Nullable [] value(Source reading, Random random) {
        return making.of(reading, random);
    }

    private static byte[] text(String value) {
        return value.getBytes(UTF_8);
    }
}
