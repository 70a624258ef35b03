package io.loadcast.domain;

import java.util.ArrayList;
import java.util.List;

/**
 * By what min-max scaling brings a region's load and calendar features to [0, 1]: {@code (x − min) / width} of each. What lies
 * beyond the extremes lies beyond [0, 1] as well.
 *
 * @param load the extremes of its load, MW
 * @param calendar those of its calendar features, in the order of a model's
 */
public record RegionScale(Extremes load, List<Extremes> calendar) {

    public RegionScale {
        calendar = List.copyOf(calendar);
    }

    /** How many {@link #numbers()} a scale of so many calendar features has. */
    public static int numbers(int calendarFeatures) {
        return 2 * (1 + calendarFeatures);
    }

    /** As a model takes it: all minima, then all widths, of the load and then of the calendar features. */
    public float[] numbers() {
        List<Extremes> inputs = new ArrayList<>(List.of(load));
        inputs.addAll(calendar);
        float[] numbers = new float[numbers(calendar.size())];
        for (int i = 0; i < inputs.size(); i++) {
            numbers[i] = (float) inputs.get(i).min();
            numbers[inputs.size() + i] = (float) inputs.get(i).width();
        }
        return numbers;
    }
}
