package io.loadcast.streaming;

import java.nio.charset.StandardCharsets;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;

/** The headers of an output record, in the binary mode of CloudEvents 1.0's Kafka binding. */
final class CloudEvent {
    private static final byte[] SPEC_VERSION = utf8("1.0");
    private static final byte[] SOURCE = utf8("/loadcast");
    private static final byte[] JSON = utf8("application/json");

    private CloudEvent() {}

    /**
     * @param type what happened, as in {@code io.loadcast.forecast.v1}
     * @param id the same for the same event however often it is computed, so that a sink can de-duplicate
     * @param time ISO 8601, ends in Z
     */
    static Headers headers(String type, String id, String time) {
        return new RecordHeaders()
                .add("ce_specversion", SPEC_VERSION)
                .add("ce_source", SOURCE)
                .add("ce_type", utf8(type))
                .add("ce_id", utf8(id))
                .add("ce_time", utf8(time))
                .add("content-type", JSON);
    }

    static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
