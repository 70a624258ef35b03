package io.loadcast.feed;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.loadcast.domain.Reading;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeader;

/**
 * Readings as Kafka records: region as key, JSON as value, valid time as timestamp, and the headers of a CloudEvent in binary mode.
 * Two runs over the same data give byte-identical records, so a sink can drop what it has seen by {@code ce_id}.
 */
public final class ReadingRecords implements FeedRecords {
    static final String TYPE = "io.loadcast.reading.v1";

    private static final JsonFactory JSON = new JsonFactory();

    private final String topic;
    private final List<Header> sameForAll;

    /** @param source where they come from, as a CloudEvent names it */
    public ReadingRecords(String topic, String source) {
        this.topic = topic;
        this.sameForAll = List.of(
                header("ce_specversion", "1.0"),
                header("ce_type", TYPE),
                header("ce_source", source),
                header("content-type", "application/json"));
    }

    @Override
    public List<ProducerRecord<byte[], byte[]>> of(Reading reading) {
        String region = reading.region().name();
        String validTime = reading.validTime().toString();
        ProducerRecord<byte[], byte[]> record = new ProducerRecord<>(
                topic, null, reading.validTime().toEpochMilli(), utf8(region), json(reading), sameForAll);
        record.headers().add("ce_id", utf8(region + "/" + validTime)).add("ce_time", utf8(validTime));
        return List.of(record);
    }

    private static byte[] json(Reading reading) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(96);
        try (JsonGenerator json = JSON.createGenerator(bytes)) {
            json.writeStartObject();
            json.writeStringField("region", reading.region().name());
            json.writeStringField("valid_time", reading.validTime().toString());
            json.writeNumberField("load_mw", reading.loadMw());
            json.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException(e); // a byte array does not fail
        }
        return bytes.toByteArray();
    }

    private static Header header(String name, String value) {
        return new RecordHeader(name, utf8(value));
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
