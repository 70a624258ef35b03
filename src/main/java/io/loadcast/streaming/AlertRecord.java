package io.loadcast.streaming;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * An alert as its topic tells it. A kind or a severity that this version does not know is as good as any.
 *
 * @param raised event time at which it was raised
 * @param cleared event time at which it was over; null as long as it is not
 * @param json the whole record in one line
 */
public record AlertRecord(
        String id,
        String kind,
        String severity,
        @Nullable String region,
        Instant raised,
        @Nullable Instant cleared,
        String message,
        String json) {
    private static final ObjectMapper JSON = new ObjectMapper();

    /** The time of which this record tells. */
    public Instant time() {
        return cleared == null ? raised : cleared;
    }

    /** @return null if the record is no alert */
    static @Nullable AlertRecord parse(byte @Nullable [] value) {
        if (value == null) {
            return null;
        }
        try {
            JsonNode json = JSON.readTree(value);
            JsonNode region = json.path("region");
            JsonNode cleared = json.path("cleared_time");
            return new AlertRecord(
                    json.required("id").asText(),
                    json.required("kind").asText(),
                    json.required("severity").asText(),
                    region.isTextual() ? region.asText() : null,
                    Instant.parse(json.required("raised_time").asText()),
                    cleared.isTextual() ? Instant.parse(cleared.asText()) : null,
                    json.required("message").asText(),
                    oneLine(json));
        } catch (IOException | IllegalArgumentException | DateTimeException e) {
            return null;
        }
    }

    private static String oneLine(JsonNode json) throws JsonProcessingException {
        return JSON.writeValueAsString(json);
    }
}
