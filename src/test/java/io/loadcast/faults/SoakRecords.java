package io.loadcast.faults;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.loadcast.app.CommittedRecords;
import io.loadcast.domain.EpochHour;
import io.loadcast.reference.Output;
import io.loadcast.streaming.Topics;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

/** The records of the output topics in the terms of the reference. */
final class SoakRecords {
    private static final int KEPT_BYTES = 64 * 1024;
    private static final JsonMapper JSON = new JsonMapper();

    /**
     * A dead letter.
     *
     * @param value as it was refused; of an unconfirmed reading what it says
     * @param source topic, partition and offset of the record that decided it
     */
    record DeadLetter(String reason, Object value, String source) {}

    private SoakRecords() {}

    /** What the record says: an {@link Output}, or a {@link DeadLetter}. */
    static Object parse(Topics topics, ConsumerRecord<byte[], byte[]> record) {
        if (record.topic().equals(topics.deadLetters())) {
            return deadLetter(record);
        }
        JsonNode json = json(record.value());
        if (record.topic().equals(topics.forecasts())) {
            return forecast(json);
        }
        return record.topic().equals(topics.accuracy()) ? score(json) : alert(json);
    }

    /** Which records have an order: those of one topic and key. */
    static String series(String kind, String key) {
        return kind + " of " + key;
    }

    private static JsonNode json(byte[] value) {
        try {
            return JSON.readTree(value);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Output.Forecast forecast(JsonNode json) {
        return new Output.Forecast(
                json.get("region").asText(),
                hour(json.get("issue_time")),
                json.get("revision").asInt(),
                json.get("method").asText(),
                json.get("quality").asText(),
                json.has("reason") ? json.get("reason").asText() : null,
                numbers(json.get("p10_mw")),
                numbers(json.get("p50_mw")),
                numbers(json.get("p90_mw")));
    }

    private static Output.Score score(JsonNode json) {
        return new Output.Score(
                json.get("region").asText(),
                hour(json.get("valid_time")),
                json.get("lead_hours").asInt(),
                json.get("revision").asInt(),
                json.get("actual_mw").asDouble(),
                json.get("forecast_mw").asDouble(),
                json.get("baseline_forecast_mw").asDouble(),
                json.get("smape_pct").asDouble(),
                json.get("baseline_smape_pct").asDouble(),
                json.get("in_interval").asBoolean(),
                running(json, "24h"),
                running(json, "168h"),
                running(json, "all"));
    }

    private static Output.Running running(JsonNode json, String window) {
        return new Output.Running(
                json.get("count_" + window).asInt(),
                json.get("smape_" + window + "_pct").asDouble(),
                json.get("baseline_smape_" + window + "_pct").asDouble(),
                json.get("coverage_" + window + "_pct").asDouble());
    }

    /** Whether the reference says when it has to come: of alerts it knows those of the forecasting state. */
    static boolean isPredicted(Topics topics, ConsumerRecord<byte[], byte[]> record) {
        return !record.topic().equals(topics.alerts())
                || json(record.value()).get("kind").asText().equals("feed-gap");
    }

    private static Output.GapAlert alert(JsonNode json) {
        Map<String, String> evidence = new HashMap<>();
        json.get("evidence")
                .properties()
                .forEach(entry -> evidence.put(entry.getKey(), entry.getValue().asText()));
        JsonNode cleared = json.get("cleared_time");
        return new Output.GapAlert(
                json.get("region").asText(),
                json.get("id").asText(),
                hour(json.get("raised_time")),
                cleared.isNull() ? null : Long.valueOf(hour(cleared)),
                evidence);
    }

    private static DeadLetter deadLetter(ConsumerRecord<byte[], byte[]> record) {
        String reason = CommittedRecords.header(record, "loadcast_reason");
        String source = CommittedRecords.header(record, "loadcast_topic") + "/"
                + CommittedRecords.header(record, "loadcast_partition") + "/"
                + CommittedRecords.header(record, "loadcast_offset");
        if (!reason.equals("unconfirmed")) {
            return new DeadLetter(reason, bytes(record.value()), source);
        }
        JsonNode json = json(record.value());
        return new DeadLetter(
                reason,
                held(
                        json.get("region").asText(),
                        hour(json.get("valid_time")),
                        json.get("load_mw").asDouble()),
                source);
    }

    /** What the value of an unconfirmed reading says. */
    static Object held(String region, long hour, double loadMw) {
        return List.of(region, hour, loadMw);
    }

    /** A value as a dead letter keeps it, its first 64 KiB byte for byte, as something that can be compared. */
    static Object bytes(byte @Nullable [] value) {
        return value == null ? "none" : HexFormat.of().formatHex(value, 0, Math.min(value.length, KEPT_BYTES));
    }

    private static long hour(JsonNode time) {
        return EpochHour.containing(Instant.parse(time.asText()));
    }

    private static List<Double> numbers(JsonNode array) {
        List<Double> numbers = new ArrayList<>();
        array.forEach(number -> numbers.add(number.asDouble()));
        return numbers;
    }
}
