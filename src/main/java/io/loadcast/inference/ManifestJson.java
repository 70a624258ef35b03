package io.loadcast.inference;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.loadcast.domain.CalendarFeature;
import io.loadcast.domain.Extremes;
import io.loadcast.domain.KnownRegions;
import io.loadcast.domain.Quantile;
import io.loadcast.domain.Region;
import io.loadcast.domain.RegionScale;
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

    private static final String REGION_SCALES = "region_scales";
    private static final String KNOWN_REGIONS = "known_regions";
    private static final String LOAD_MW = "load_mw";

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
        if (manifest.scaledByRegion()) {
            ObjectNode scales = json.putObject(REGION_SCALES);
            new TreeMap<>(manifest.regionScales())
                    .forEach((region, scale) -> put(scales.putObject(region.name()), scale, manifest));
        }
        if (!manifest.knownRegions().isEmpty()) {
            ArrayNode known = json.putArray(KNOWN_REGIONS);
            manifest.knownRegions().regions().forEach(region -> known.add(region.name()));
        }
        ObjectNode training = json.putObject("training");
        new TreeMap<>(manifest.training()).forEach(training::put);
        ObjectNode scores = json.putObject("scores");
        new TreeMap<>(manifest.scores()).forEach(scores::put);
        return json;
    }

    /** Smallest and largest, by the name of the input. */
    private static void put(ObjectNode json, RegionScale scale, ModelManifest manifest) {
        put(json, LOAD_MW, scale.load());
        for (int f = 0; f < scale.calendar().size(); f++) {
            put(json, manifest.calendarFeatures().get(f).key(), scale.calendar().get(f));
        }
    }

    private static void put(ObjectNode json, String input, Extremes extremes) {
        json.putArray(input).add(extremes.min()).add(extremes.max());
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
        List<CalendarFeature> features = list(json, "calendar_features", node -> CalendarFeature.ofKey(node.asText()));
        return new ModelManifest(
                field(json, "name", JsonNode::isTextual, "text").textValue(),
                field(json, "version", JsonNode::isTextual, "text").textValue(),
                field(json, "architecture", JsonNode::isTextual, "text").textValue(),
                field(json, "lookback_hours", JsonNode::isInt, "a whole number").intValue(),
                field(json, "horizon_hours", JsonNode::isInt, "a whole number").intValue(),
                list(json, "quantiles", node -> new Quantile(node.asDouble())),
                features,
                scales(json, features),
                knownRegions(json),
                map(json, "training", JsonNode::asText),
                map(json, "scores", JsonNode::asDouble));
    }

    /** None if the manifest has none: a model that takes none. */
    private static Map<Region, RegionScale> scales(JsonNode json, List<CalendarFeature> features) {
        Map<Region, RegionScale> scales = new TreeMap<>();
        if (json.has(REGION_SCALES)) {
            map(json, REGION_SCALES, scale -> scale(scale, features))
                    .forEach((region, scale) -> scales.put(new Region(region), scale));
        }
        return scales;
    }

    /** None if the manifest has none: a model that is not told which region it forecasts. */
    private static KnownRegions knownRegions(JsonNode json) {
        return json.has(KNOWN_REGIONS)
                ? new KnownRegions(list(json, KNOWN_REGIONS, node -> new Region(node.asText())))
                : KnownRegions.NONE;
    }

    private static RegionScale scale(JsonNode json, List<CalendarFeature> features) {
        return new RegionScale(
                extremes(json, LOAD_MW),
                features.stream().map(feature -> extremes(json, feature.key())).toList());
    }

    private static Extremes extremes(JsonNode json, String input) {
        List<Double> numbers = list(json, input, JsonNode::asDouble);
        if (numbers.size() != 2) {
            throw new IllegalArgumentException(
                    "manifest: " + REGION_SCALES + " has not two numbers of " + input + ", but " + numbers);
        }
        return new Extremes(numbers.get(0), numbers.get(1));
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
