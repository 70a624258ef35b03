package io.loadcast.streaming;

import java.time.Instant;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.processor.api.RecordMetadata;
import org.jspecify.annotations.Nullable;

/**
 * A record that is no valid reading, on its way to the dead-letter topic: key, value and headers as they came, why it was refused,
 * and where it lay.
 *
 * <p>What could be read may be too large to be written: such a record has been {@linkplain CutBytes cut}, and says so; the whole of it
 * still lies where the headers say.
 */
final class DeadLetter {
    static final int LARGEST_HEADERS_BYTES = 100_000;

    private static final String OWN_PREFIX = "loadcast_";

    private DeadLetter() {}

    static Record<byte[], byte[]> of(
            Record<byte[], byte[]> refused, RejectionReason reason, String detail, RecordMetadata source) {
        String id = source.topic() + "/" + source.partition() + "/" + source.offset();
        String time = Instant.ofEpochMilli(refused.timestamp()).toString();
        Headers headers = kept(refused.headers());
        for (Header header : CloudEvent.headers("io.loadcast.dead-letter.v1", id, time)) {
            headers.remove(header.key());
            headers.add(header);
        }
        // The bytes are the sender's: what they are is not known.
        headers.remove("content-type");
        add(headers, "reason", reason.code());
        add(headers, "detail", detail);
        add(headers, "topic", source.topic());
        add(headers, "partition", Integer.toString(source.partition()));
        add(headers, "offset", Long.toString(source.offset()));
        addIfCut(refused.key(), refused.headers().lastHeader(CutBytes.KEY_BYTES), "original_key_bytes", headers);
        addIfCut(refused.value(), refused.headers().lastHeader(CutBytes.VALUE_BYTES), "original_value_bytes", headers);
        return refused.withHeaders(headers);
    }

    /** What {@link CutBytes} has cut says how long it was. */
    private static void addIfCut(byte @Nullable [] bytes, @Nullable Header note, String header, Headers headers) {
        if (bytes != null && bytes.length == CutBytes.MOST && note != null) {
            headers.add(OWN_PREFIX + header, note.value());
        }
    }

    static long bytes(Headers headers) {
        long bytes = 0;
        for (Header header : headers) {
            bytes += header.key().length() + (header.value() == null ? 0 : header.value().length);
        }
        return bytes;
    }

    /** Without what an earlier refusal has added, and without all if they are too large. */
    private static Headers kept(Headers original) {
        Header dropped = original.lastHeader(CutBytes.HEADERS_BYTES);
        if (dropped != null) {
            return new RecordHeaders().add(OWN_PREFIX + "original_headers_bytes", dropped.value());
        }
        Headers kept = new RecordHeaders();
        long bytes = bytes(original);
        for (Header header : original) {
            if (!header.key().startsWith(OWN_PREFIX)) {
                kept.add(header);
            }
        }
        if (bytes <= LARGEST_HEADERS_BYTES) {
            return kept;
        }
        Headers none = new RecordHeaders();
        add(none, "original_headers_bytes", Long.toString(bytes));
        return none;
    }

    private static void add(Headers headers, String name, String value) {
        headers.add(OWN_PREFIX + name, CloudEvent.utf8(value));
    }
}
