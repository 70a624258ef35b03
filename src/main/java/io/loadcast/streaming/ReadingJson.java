package io.loadcast.streaming;

import static io.loadcast.streaming.InvalidReadingException.quote;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.loadcast.domain.EpochHour;
import io.loadcast.domain.Reading;
import io.loadcast.domain.Region;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/**
 * Reads the records of the readings topic, strictly: what it lets through is a valid {@link Reading}. Unknown fields are ignored.
 * Thread-safe.
 */
public final class ReadingJson {
    /** How far ahead of the wall clock a valid time may lie: brokers refuse records stamped further ahead. */
    static final Duration FUTURE_TOLERANCE = Duration.ofHours(1);

    static final int LARGEST_BYTES = 64 * 1024;
    static final int DEEPEST_NESTING = 16;

    /** All regions send the same few times. Threads that race write the same. */
    private static final @Nullable ParsedTime[] RECENT_TIMES = new ParsedTime[256];

    private static final ObjectReader READER = JsonMapper.builder(JsonFactory.builder()
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxDocumentLength(LARGEST_BYTES)
                            .maxNestingDepth(DEEPEST_NESTING)
                            .build())
                    .build())
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build()
            .readerFor(JsonNode.class);

    private ReadingJson() {}

    /**
     * Reads one record.
     *
     * @param now the wall clock, for telling readings of the future
     * @throws InvalidReadingException if the record is not a valid reading
     */
    public static Reading parse(byte @Nullable [] key, byte @Nullable [] value, Instant now)
            throws InvalidReadingException {
        if (value == null) {
            throw new InvalidReadingException(
                    RejectionReason.NULL_VALUE,
                    "the record has no value; send a JSON object with region, valid_time, load_mw");
        }
        if (value.length > LARGEST_BYTES) {
            throw new InvalidReadingException(
                    RejectionReason.TOO_LARGE,
                    "the value has more than " + LARGEST_BYTES + " bytes; send one reading a record");
        }
        JsonNode reading = parseJson(utf8("value", value));
        Region region = region(text(reading, "region"), key);
        Instant validTime = validTime(text(reading, "valid_time"), now);
        return new Reading(region, validTime, loadMw(field(reading, "load_mw")));
    }

    private static String utf8(String what, byte[] bytes) throws InvalidReadingException {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new InvalidReadingException(RejectionReason.NOT_UTF_8, "the " + what + " is not UTF-8; encode it so");
        }
    }

    private static JsonNode parseJson(String value) throws InvalidReadingException {
        try {
            JsonNode node = READER.readTree(value);
            if (!node.isObject()) {
                throw new InvalidReadingException(
                        RejectionReason.NOT_JSON, "the value is not a JSON object: " + quote(value));
            }
            return node;
        } catch (JsonProcessingException e) {
            throw new InvalidReadingException(
                    RejectionReason.NOT_JSON, "the value " + JsonFlaw.of(e) + ": " + quote(value));
        }
    }

    private static JsonNode field(JsonNode reading, String name) throws InvalidReadingException {
        JsonNode field = reading.get(name);
        if (field == null || field.isNull()) {
            throw new InvalidReadingException(RejectionReason.MISSING_FIELD, "field " + name + " is missing; add it");
        }
        return field;
    }

    private static String text(JsonNode reading, String name) throws InvalidReadingException {
        JsonNode field = field(reading, name);
        if (!field.isTextual()) {
            throw new InvalidReadingException(
                    RejectionReason.WRONG_TYPE, "field " + name + " is " + quote(field.toString()) + "; send a string");
        }
        return field.textValue();
    }

    private static Region region(String name, byte @Nullable [] key) throws InvalidReadingException {
        Region region;
        try {
            region = new Region(name);
        } catch (IllegalArgumentException e) {
            throw new InvalidReadingException(RejectionReason.BAD_REGION, String.valueOf(e.getMessage()));
        }
        if (key == null || !utf8("key", key).equals(name)) {
            throw new InvalidReadingException(
                    RejectionReason.KEY_MISMATCH,
                    "the key is " + (key == null ? "absent" : quote(utf8("key", key))) + " but field region is "
                            + quote(name) + "; send the region as the key");
        }
        return region;
    }

    private static Instant validTime(String text, Instant now) throws InvalidReadingException {
        Instant validTime;
        try {
            validTime = parseTime(text);
        } catch (DateTimeParseException e) {
            throw new InvalidReadingException(
                    RejectionReason.BAD_TIME,
                    "field valid_time is " + quote(text) + "; send ISO 8601 with a zone, as in 2026-01-31T23:00:00Z");
        }
        if (!EpochHour.isStartOfHour(validTime)) {
            throw new InvalidReadingException(
                    RejectionReason.NOT_WHOLE_HOUR,
                    "field valid_time is " + quote(text) + "; send the start of the hour in UTC, "
                            + validTime.truncatedTo(ChronoUnit.HOURS));
        }
        if (validTime.isBefore(Instant.EPOCH)) {
            throw new InvalidReadingException(
                    RejectionReason.BAD_TIME, "field valid_time is " + quote(text) + "; send a time since 1970");
        }
        if (validTime.isAfter(now.plus(FUTURE_TOLERANCE))) {
            throw new InvalidReadingException(
                    RejectionReason.FROM_THE_FUTURE,
                    "field valid_time is " + quote(text) + ", more than " + FUTURE_TOLERANCE.toHours()
                            + " h ahead of this machine's clock (" + now + "); set the clock that is wrong");
        }
        return validTime;
    }

    private static Instant parseTime(String text) {
        int slot = text.hashCode() & (RECENT_TIMES.length - 1);
        ParsedTime known = RECENT_TIMES[slot];
        if (known == null || !known.text().equals(text)) {
            known = new ParsedTime(text, OffsetDateTime.parse(text).toInstant());
            RECENT_TIMES[slot] = known;
        }
        return known.time();
    }

    private record ParsedTime(String text, Instant time) {}

    private static double loadMw(JsonNode load) throws InvalidReadingException {
        if (!load.isNumber()) {
            throw new InvalidReadingException(
                    RejectionReason.WRONG_TYPE, "field load_mw is " + quote(load.toString()) + "; send a number of MW");
        }
        double loadMw = load.doubleValue() + 0.0; // −0 becomes 0
        if (!(loadMw >= 0 && loadMw <= Reading.LARGEST_LOAD_MW)) {
            throw new InvalidReadingException(
                    RejectionReason.BAD_LOAD,
                    "field load_mw is " + quote(load.toString()) + "; send MW from 0 to " + Reading.LARGEST_LOAD_MW);
        }
        return loadMw;
    }
}
