package io.loadcast.streaming;

import java.time.Instant;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.streams.processor.api.RecordMetadata;

/** The headers of a dead letter: those the record came with, why it was refused, and where it lay. */
final class DeadLetter {
    static final String REASON = "loadcast_reason";
    static final String DETAIL = "loadcast_detail";
    static final String TOPIC = "loadcast_topic";
    static final String PARTITION = "loadcast_partition";
    static final String OFFSET = "loadcast_offset";

    private DeadLetter() {}

    static Headers headers(
            Headers original, RejectionReason reason, String detail, RecordMetadata source, long timestampMillis) {
        String id = source.topic() + "/" + source.partition() + "/" + source.offset();
        String time = Instant.ofEpochMilli(timestampMillis).toString();
        Headers headers = new RecordHeaders(original);
        for (var header : CloudEvent.headers("io.loadcast.dead-letter.v1", id, time)) {
            headers.remove(header.key());
            headers.add(header);
        }
        // The bytes are the sender's: what they are is not known.
        headers.remove("content-type");
        return headers.add(REASON, CloudEvent.utf8(reason.code()))
                .add(DETAIL, CloudEvent.utf8(detail))
                .add(TOPIC, CloudEvent.utf8(source.topic()))
                .add(PARTITION, CloudEvent.utf8(Integer.toString(source.partition())))
                .add(OFFSET, CloudEvent.utf8(Long.toString(source.offset())));
    }
}
