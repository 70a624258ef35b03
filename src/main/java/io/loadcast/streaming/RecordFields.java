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
import io.loadcast.domain.Region;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import org.jspecify.annotations.Nullable;

/**
 * The fields of an input record, read strictly: a JSON object of bounded size and depth, whose region is the record's key. Each
 * question is answered with a valid value, or with what is wrong and what to send instead. Unknown fields are ignored. For one thread.
 */
final class RecordFields {
    /** How far ahead of the wall clock a time may lie: brokers refuse records stamped further ahead. */
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

    private final JsonNode object;

    private RecordFields(JsonNode object) {
        this.object = object;
    }

    /**
     * Reads a record's value.
     *
     * @param fields what such an object has, for who sends none
     * @throws InvalidReadingException if it is no JSON object
     */
    static RecordFields of(byte @Nullable [] value, String fields) throws InvalidReadingException {
        if (value == null) {
            throw new InvalidReadingException(
                    RejectionReason.NULL_VALUE, "the record has no value; send a JSON object with " + fields);
        }
        if (value.length > LARGEST_BYTES) {
            throw new InvalidReadingException(
                    RejectionReason.TOO_LARGE,
                    "the value has more than " + LARGEST_BYTES + " bytes; send one reading a record");
        }
        return new RecordFields(parseJson(utf8("value", value)));
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

    /** Whether the field is there and not null. */
    boolean has(String name) {
        return object.hasNonNull(name);
    }

    JsonNode field(String name) throws InvalidReadingException {
        JsonNode field = object.get(name);
        if (field == null || field.isNull()) {
            throw new InvalidReadingException(RejectionReason.MISSING_FIELD, "field " + name + " is missing; add it");
        }
        return field;
    }

    String text(String name) throws InvalidReadingException {
        JsonNode field = field(name);
        if (!field.isTextual()) {
            throw new InvalidReadingException(
                    RejectionReason.WRONG_TYPE, "field " + name + " is " + quote(field.toString()) + "; send a string");
        }
        return field.textValue();
    }

    /** @param unit for who sends none */
    double number(String name, String unit) throws InvalidReadingException {
        JsonNode field = field(name);
        if (!field.isNumber()) {
            throw new InvalidReadingException(
                    RejectionReason.WRONG_TYPE,
                    "field " + name + " is " + quote(field.toString()) + "; send a number of " + unit);
        }
        return field.doubleValue() + 0.0; // −0 becomes 0
    }

    /** As it was sent, for a message. */
    String shown(String name) {
        return quote(String.valueOf(object.get(name)));
    }

    /** The field {@code region}, which the key has to equal. */
    Region region(byte @Nullable [] key) throws InvalidReadingException {
        Region region = region();
        String name = region.name();
        if (key == null || !utf8("key", key).equals(name)) {
            throw new InvalidReadingException(
                    RejectionReason.KEY_MISMATCH,
                    "the key is " + (key == null ? "absent" : quote(utf8("key", key))) + " but field region is "
                            + quote(name) + "; send the region as the key");
        }
        return region;
    }

    Region region() throws InvalidReadingException {
        try {
            return new Region(text("region"));
        } catch (IllegalArgumentException e) {
            throw new InvalidReadingException(RejectionReason.BAD_REGION, String.valueOf(e.getMessage()));
        }
    }

    /** A time since 1970. */
    Instant time(String name) throws InvalidReadingException {
        String text = text(name);
        Instant time;
        try {
            time = parseTime(text);
        } catch (DateTimeParseException e) {
            throw new InvalidReadingException(
                    RejectionReason.BAD_TIME,
                    "field " + name + " is " + quote(text) + "; send ISO 8601 with a zone, as in 2026-01-31T23:00:00Z");
        }
        if (time.isBefore(Instant.EPOCH)) {
            throw new InvalidReadingException(
                    RejectionReason.BAD_TIME, "field " + name + " is " + quote(text) + "; send a time since 1970");
        }
        return time;
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
}
