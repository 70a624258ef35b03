package io.loadcast.feed;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.loadcast.domain.MeterReading;
import io.loadcast.domain.Reading;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeader;

/**
 * Readings as the Kafka records of a fleet's meters: region as key, JSON as value, the start of the metering interval as timestamp.
 * Meters that send every 30 minutes send a mean power, all others an energy.
 */
final class MeterReadingRecords implements FeedRecords {
    private static final JsonFactory JSON = new JsonFactory();
    private static final int KWH_DECIMALS = 6;
    private static final int POWER_MINUTES = 30;

    private final String topic;
    private final MeterFleet fleet;
    private final List<Header> sameForAll;

    MeterReadingRecords(String topic, String source, MeterFleet fleet) {
        this.topic = topic;
        this.fleet = fleet;
        this.sameForAll = List.of(
                header("ce_specversion", "1.0"),
                header("ce_type", "io.loadcast.meter-reading.v1"),
                header("ce_source", source),
                header("content-type", "application/json"));
    }

    @Override
    public List<ProducerRecord<byte[], byte[]>> of(Reading reading) {
        return fleet.split(reading).stream().map(this::record).toList();
    }

    private ProducerRecord<byte[], byte[]> record(MeterReading reading) {
        String region = reading.region().name();
        String validTime = reading.interval().start().toString();
        ProducerRecord<byte[], byte[]> record = new ProducerRecord<>(
                topic,
                null,
                reading.interval().start().toEpochMilli(),
                utf8(region),
                json(reading, validTime),
                sameForAll);
        record.headers()
                .add("ce_id", utf8(region + "/" + reading.meter() + "/" + validTime))
                .add("ce_time", utf8(validTime));
        return record;
    }

    private static byte[] json(MeterReading reading, String validTime) {
        int minutes = reading.interval().minutes();
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(128);
        try (JsonGenerator json = JSON.createGenerator(bytes)) {
            json.writeStartObject();
            json.writeStringField("meter", reading.meter().name());
            json.writeStringField("region", reading.region().name());
            json.writeStringField("valid_time", validTime);
            json.writeNumberField("duration_minutes", minutes);
            if (minutes == POWER_MINUTES) {
                json.writeNumberField("power_kw", kilo(reading.energyMilliwattHours() * 60 / minutes));
            } else {
                json.writeNumberField("energy_kwh", kilo(reading.energyMilliwattHours()));
            }
            json.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException(e); // a byte array does not fail
        }
        return bytes.toByteArray();
    }

    private static BigDecimal kilo(long milli) {
        return BigDecimal.valueOf(milli, KWH_DECIMALS);
    }

    private static Header header(String name, String value) {
        return new RecordHeader(name, utf8(value));
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
