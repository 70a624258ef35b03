package io.loadcast.models;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.loadcast.forecasting.ModelId;
import io.loadcast.forecasting.PromotionRule;
import java.io.IOException;
import java.net.URI;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The values of the models topic as JSON; see {@code schemas/}. Unknown fields are ignored. Thread-safe. */
public final class ModelJson {
    private static final ObjectMapper JSON = new ObjectMapper();

    private ModelJson() {}

    static byte[] of(ModelDescriptor model) {
        ObjectNode json = JSON.createObjectNode();
        json.put("name", model.id().name());
        json.put("version", model.id().version());
        json.put("sha256", model.id().sha256());
        json.put("architecture", model.architecture());
        json.put("lookback_hours", model.lookbackHours());
        json.put("horizon_hours", model.horizonHours());
        json.put("bytes", model.bytes());
        json.put("uri", model.uri() == null ? null : model.uri().toString());
        json.put("published_time", model.publishedTime().toString());
        return bytes(json);
    }

    static byte[] of(ModelAssignment assignment) {
        ObjectNode json = JSON.createObjectNode();
        json.put("champion", assignment.champion());
        ArrayNode previous = json.putArray("previous");
        assignment.previous().forEach(previous::add);
        ArrayNode challengers = json.putArray("challengers");
        assignment.challengers().forEach(challengers::add);
        json.put("assigned_time", assignment.assignedTime().toString());
        json.set("evidence", of(assignment.evidence()));
        return bytes(json);
    }

    /** Why the rule has promoted a model by itself; null if a person has. */
    public static @Nullable ObjectNode of(PromotionRule.@Nullable Verdict evidence) {
        return evidence == null
                ? null
                : JSON.createObjectNode()
                        .put("hours", evidence.hours())
                        .put("champion_smape_pct", evidence.championPct())
                        .put("challenger_smape_pct", evidence.challengerPct())
                        .put("statistic", Double.isFinite(evidence.statistic()) ? evidence.statistic() : null)
                        .put("p_value", evidence.pValue());
    }

    /** @throws IllegalArgumentException if it is none */
    static ModelDescriptor descriptor(byte[] value) {
        JsonNode json = read(value);
        String uri = textOrNull(json, "uri");
        return new ModelDescriptor(
                new ModelId(text(json, "name"), text(json, "version"), text(json, "sha256")),
                text(json, "architecture"),
                (int) number(json, "lookback_hours"),
                (int) number(json, "horizon_hours"),
                number(json, "bytes"),
                uri == null ? null : URI.create(uri),
                time(json, "published_time"));
    }

    /** @throws IllegalArgumentException if it is none */
    static ModelAssignment assignment(byte[] value) {
        JsonNode json = read(value);
        return new ModelAssignment(
                textOrNull(json, "champion"),
                texts(json, "previous"),
                texts(json, "challengers"),
                time(json, "assigned_time"),
                evidence(json.path("evidence")));
    }

    /** Records of before have none. */
    private static PromotionRule.@Nullable Verdict evidence(JsonNode json) {
        return !json.isObject()
                ? null
                : new PromotionRule.Verdict(
                        PromotionRule.Finding.BETTER,
                        json.path("hours").asInt(),
                        json.path("champion_smape_pct").asDouble(),
                        json.path("challenger_smape_pct").asDouble(),
                        json.path("statistic").asDouble(Double.POSITIVE_INFINITY),
                        json.path("p_value").asDouble());
    }

    private static JsonNode read(byte[] value) {
        try {
            JsonNode json = JSON.readTree(value);
            if (json == null || !json.isObject()) {
                throw new IllegalArgumentException("it is no JSON object");
            }
            return json;
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("it is not JSON: " + e.getOriginalMessage(), e);
        } catch (IOException e) {
            throw new IllegalArgumentException("it is not JSON: " + e.getMessage(), e);
        }
    }

    private static @Nullable String textOrNull(JsonNode json, String field) {
        return json.path(field).isNull() || json.path(field).isMissingNode() ? null : text(json, field);
    }

    private static String text(JsonNode json, String field) {
        if (!json.path(field).isTextual() || json.path(field).asText().isBlank()) {
            throw new IllegalArgumentException("field " + field + " is missing or no text");
        }
        return json.path(field).asText();
    }

    private static long number(JsonNode json, String field) {
        if (!json.path(field).isIntegralNumber()) {
            throw new IllegalArgumentException("field " + field + " is missing or no whole number");
        }
        return json.path(field).asLong();
    }

    private static List<String> texts(JsonNode json, String field) {
        List<String> texts = new ArrayList<>();
        json.path(field).forEach(text -> texts.add(text.asText()));
        return texts;
    }

    private static Instant time(JsonNode json, String field) {
        try {
            return Instant.parse(text(json, field));
        } catch (DateTimeException e) {
            throw new IllegalArgumentException("field " + field + " is no time", e);
        }
    }

    private static byte[] bytes(ObjectNode json) {
        try {
            return JSON.writeValueAsBytes(json);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("writing to memory cannot fail", e);
        }
    }
}
