package io.loadcast.inference;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.loadcast.domain.CalendarFeature;
import io.loadcast.domain.Quantile;
import io.loadcast.forecasting.ModelManifest;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The JSON form of a {@link ModelManifest}, snake_case, as a model file carries it under {@value #METADATA_KEY}. */
public final class ManifestJson {
    public static final String METADATA_KEY = "loadcast.manifest";

    private static final ObjectMapper JSON = new ObjectMapper();

    private ManifestJson() {}

    /** One line of JSON; the same manifest always gives the same text. */
    public static String write(ModelManifest manifest) {
        return toJson(manifest).toString();
    }

    public static ObjectNode toJson(ModelManifest manifest) {
        ObjectNode json = JSON.createObjectNode();
        json.put("name", manifest.name());
        json.put("version", manifest.version());
        json.put("architecture", manifest.architecture());
        json.put("lookback_hours", manifest.lookbackHours());
        json.put("horizon_hours", manifest.horizonHours());
        ArrayNode quantiles = json.putArray("quantiles");
        manifest.quantiles().forEach(quantile -> quantiles.add(quantile.probability()));
        ArrayNode features = json.putArray("calendar_features");
        manifest.calendarFeatures().forEach(feature -> features.add(feature.key()));
        ObjectNode training = json.putObject("training");
        new TreeMap<>(manifest.training()).forEach(training::put);
        ObjectNode scores = json.putObject("scores");
        new TreeMap<>(manifest.scores()).forEach(scores::put);
        return json;
    }

    /**
     * The manifest that a JSON text says.
     *
     * @throws IllegalArgumentException if the text is not JSON, a field is missing or of another type, or a value invalid
     */
    public static ModelManifest read(String text) {
        JsonNode json;
        try {
            json = JSON.readTree(text);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("manifest: not JSON (" + e.getOriginalMessage() + ")", e);
        }
        return new ModelManifest(
                field(json, "name", JsonNode::isTextual, "text").textValue(),
                field(json, "version", JsonNode::isTextual, "text").textValue(),
                field(json, "architecture", JsonNode::isTextual, "text").textValue(),
                field(json, "lookback_hours", JsonNode::isInt, "a whole number").intValue(),
                field(json, "horizon_hours", JsonNode::isInt, "a whole number").intValue(),
                list(json, "quantiles", node -> new Quantile(node.asDouble())),
                list(json, "calendar_features", node -> CalendarFeature.ofKey(node.asText())),
                map(json, "training", JsonNode::asText),
                map(json, "scores", JsonNode::asDouble));
    }

    private static JsonNode field(JsonNode json, String name, Function<JsonNode, Boolean> fits, String wanted) {
        @Nullable JsonNode value = json.get(name);
        if (value == null || !fits.apply(value)) {
            throw new IllegalArgumentException("manifest: " + name + " is not " + wanted);
        }
        return value;
    }

    private static <T> List<T> list(JsonNode json, String name, Function<JsonNode, T> element) {
        List<T> elements = new ArrayList<>();
        field(json, name, JsonNode::isArray, "a list").forEach(node -> elements.add(element.apply(node)));
        return elements;
    }

    private static <T> Map<String, T> map(JsonNode json, String name, Function<JsonNode, T> value) {
        Map<String, T> entries = new TreeMap<>();
        field(json, name, JsonNode::isObject, "an object")
                .properties()
                .forEach(entry -> entries.put(entry.getKey(), value.apply(entry.getValue())));
        return entries;
    }
}
