package io.loadcast.replay;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A record of the forecasts topic, its values as they were written: the text of each number, digit by digit.
 *
 * @param texts by field, the text of what is neither an array nor an object; a field of {@code model} as {@code model.sha256}
 * @param numbers by field, the texts of an array's numbers
 */
public record PublishedForecast(Map<String, String> texts, Map<String, List<String>> numbers) {
    private static final JsonFactory JSON = new JsonFactory();
    private static final List<String> ARRAYS = List.of("lead_hours", "p10_mw", "p50_mw", "p90_mw");
    private static final List<String> TEXTS =
            List.of("region", "issue_time", "revision", "model.sha256", "quality", "method");

    /**
     * Reads a record.
     *
     * @throws ReplayException if it is no forecast
     */
    public static PublishedForecast parse(byte[] value) {
        Map<String, String> texts = new HashMap<>();
        Map<String, List<String>> numbers = new HashMap<>();
        try (JsonParser json = JSON.createParser(value)) {
            if (json.nextToken() != JsonToken.START_OBJECT) {
                throw noForecast(value);
            }
            object(json, "", texts, numbers);
        } catch (IOException e) {
            throw noForecast(value);
        }
        if (!texts.containsKey("region") || !texts.containsKey("issue_time") || !numbers.containsKey("p50_mw")) {
            throw noForecast(value);
        }
        return new PublishedForecast(texts, numbers);
    }

    private static void object(
            JsonParser json, String prefix, Map<String, String> texts, Map<String, List<String>> numbers)
            throws IOException {
        while (json.nextToken() != JsonToken.END_OBJECT) {
            String field = prefix + json.currentName();
            JsonToken token = json.nextToken();
            if (token == JsonToken.START_OBJECT) {
                object(json, field + ".", texts, numbers);
            } else if (token == JsonToken.START_ARRAY && ARRAYS.contains(field)) {
                List<String> texts24 = new ArrayList<>();
                while (json.nextToken() != JsonToken.END_ARRAY) {
                    texts24.add(json.getText());
                }
                numbers.put(field, texts24);
            } else if (token.isStructStart()) {
                json.skipChildren();
            } else if (token != JsonToken.VALUE_NULL) {
                texts.put(field, json.getText());
            }
        }
    }

    private static ReplayException noForecast(byte[] value) {
        String shown = new String(value, 0, Math.min(value.length, 80), StandardCharsets.UTF_8);
        return new ReplayException("a record is no forecast: " + shown + "; name the topic of the forecasts");
    }

    public String region() {
        return text("region");
    }

    public Instant issueTime() {
        return Instant.parse(text("issue_time"));
    }

    /** The values of {@code p10_mw}, {@code p50_mw} or {@code p90_mw}, in the order of the lead times. */
    public double[] mw(String field) {
        return numbers.getOrDefault(field, List.of()).stream()
                .mapToDouble(Double::parseDouble)
                .toArray();
    }

    /** The text of a field that is neither an array nor an object; empty if it is not there. */
    String text(String field) {
        return texts.getOrDefault(field, "");
    }

    /**
     * What a {@linkplain ForecastDigest digest} is made of: region, issue time, revision, SHA-256 of the model, quality, method (empty
     * if there is none), lead times, p10, p50 and p90, with a tab between two of them, a comma between two numbers of an array, and a
     * line feed at the end.
     */
    String canonical() {
        StringBuilder line = new StringBuilder(640);
        for (String field : TEXTS) {
            line.append(text(field)).append('\t');
        }
        for (int i = 0; i < ARRAYS.size(); i++) {
            line.append(String.join(",", numbers.getOrDefault(ARRAYS.get(i), List.of())))
                    .append(i + 1 < ARRAYS.size() ? '\t' : '\n');
        }
        return line.toString();
    }
}
