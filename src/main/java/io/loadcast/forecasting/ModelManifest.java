package io.loadcast.forecasting;

import io.loadcast.domain.CalendarFeature;
import io.loadcast.domain.Quantile;
import java.util.List;
import java.util.Map;

/**
 * What a model file says of itself: its identity, the shapes that it takes and gives, and where it comes from.
 *
 * @param name the model's name, for example {@code gru-attention}
 * @param version the model's version
 * @param architecture its entry in the zoo, for example {@code gru-attention}
 * @param lookbackHours past hours that it sees
 * @param horizonHours the largest lead time that it forecasts
 * @param quantiles the probability levels of its output, ascending
 * @param calendarFeatures the features of its {@code calendar} input, in order
 * @param training how it was trained: data files, period, split, seed, settings; free-form, for people
 * @param scores what it scored, by name; for people
 */
public record ModelManifest(
        String name,
        String version,
        String architecture,
        int lookbackHours,
        int horizonHours,
        List<Quantile> quantiles,
        List<CalendarFeature> calendarFeatures,
        Map<String, String> training,
        Map<String, Double> scores) {

    /** @throws IllegalArgumentException if a text is blank, a shape not positive, or the quantiles not ascending */
    public ModelManifest {
        requireText("name", name);
        requireText("version", version);
        requireText("architecture", architecture);
        requirePositive("lookback_hours", lookbackHours);
        requirePositive("horizon_hours", horizonHours);
        quantiles = List.copyOf(quantiles);
        calendarFeatures = List.copyOf(calendarFeatures);
        training = Map.copyOf(training);
        scores = Map.copyOf(scores);
        if (quantiles.isEmpty()) {
            throw new IllegalArgumentException("manifest: quantiles is empty; a model has at least one");
        }
        for (int q = 1; q < quantiles.size(); q++) {
            if (quantiles.get(q - 1).compareTo(quantiles.get(q)) >= 0) {
                throw new IllegalArgumentException("manifest: quantiles " + quantiles + " are not ascending");
            }
        }
    }

    private static void requireText(String field, String value) {
        if (value.isBlank()) {
            throw new IllegalArgumentException("manifest: " + field + " is empty");
        }
    }

    private static void requirePositive(String field, int value) {
        if (value < 1) {
            throw new IllegalArgumentException("manifest: " + field + " " + value + " is not positive");
        }
    }
}
