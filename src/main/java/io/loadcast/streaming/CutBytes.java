package io.loadcast.streaming;

import java.nio.ByteBuffer;
import java.util.Arrays;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.serialization.Deserializer;
import org.jspecify.annotations.Nullable;

/**
 * The bytes of a key or a value as they came, or their head if there are more than any reading has; then a header says how many there
 * were. A batch of a few kilobytes can hold gigabytes of records once it is unpacked, and a consumer hands out a thousand at a
 * time: so what is too large is let go before that. Thread-safe.
 *
 * <p>Implementation notes. Kafka's consumers unpack a record into a buffer of its own, of which key, value and headers are views: a
 * header that nobody has read keeps the whole of it alive.
 */
final class CutBytes implements Deserializer<byte[]> {
    /** One more than a reading may have, so that what is cut is still seen as too large. */
    static final int MOST = RecordFields.LARGEST_BYTES + 1;

    /** As last of its name, beside a key of {@value #MOST} bytes. */
    static final String KEY_BYTES = "loadcast_received_key_bytes";

    /** As last of its name, beside a value of {@value #MOST} bytes. */
    static final String VALUE_BYTES = "loadcast_received_value_bytes";

    /** As the only header. */
    static final String HEADERS_BYTES = "loadcast_received_headers_bytes";

    private final String note;

    private CutBytes(String note) {
        this.note = note;
    }

    static CutBytes ofKeys() {
        return new CutBytes(KEY_BYTES);
    }

    static CutBytes ofValues() {
        return new CutBytes(VALUE_BYTES);
    }

    @Override
    public byte @Nullable [] deserialize(String topic, byte @Nullable [] data) {
        return data == null || data.length <= MOST ? data : Arrays.copyOf(data, MOST);
    }

    /** Kafka's consumers call this one; not for what is null. */
    @Override
    public byte @Nullable [] deserialize(String topic, Headers headers, @Nullable ByteBuffer data) {
        if (data == null) {
            return null;
        }
        if (!data.hasArray() || data.array().length > MOST) {
            release(headers);
        }
        byte[] bytes = new byte[Math.min(data.remaining(), MOST)];
        if (bytes.length == MOST) {
            headers.add(note, CloudEvent.utf8(Integer.toString(data.remaining())));
        }
        data.get(bytes);
        return bytes;
    }

    /** Copies the headers out of the record's buffer, or drops them if they are too large themselves. */
    private static void release(Headers headers) {
        long bytes = DeadLetter.bytes(headers);
        if (bytes > DeadLetter.LARGEST_HEADERS_BYTES) {
            for (Header header : headers.toArray()) {
                headers.remove(header.key());
            }
            headers.add(HEADERS_BYTES, CloudEvent.utf8(Long.toString(bytes)));
        }
    }
}
