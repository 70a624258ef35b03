package io.loadcast.forecasting;

import io.loadcast.domain.CalendarFeature;
import io.loadcast.domain.KnownRegions;
import io.loadcast.domain.Quantile;
import io.loadcast.domain.Region;
import io.loadcast.domain.RegionScale;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

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
 * @param regionScales the scales of the regions that it was trained on, which it is given as input and without which it forecasts no
 *     region; empty if it takes none, and so any region
 * @param knownRegions the regions that it knows by number, which it is given as input; it forecasts any other too. Empty if it is
 *     not told which region it forecasts
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
        Map<Region, RegionScale> regionScales,
        KnownRegions knownRegions,
        Map<String, String> training,
        Map<String, Double> scores) {

    /**
     * @throws IllegalArgumentException if a text is blank, a shape not positive, the quantiles not ascending, a scale of other
     *     features, or regions both scaled and known by number
     */
    public ModelManifest {
        requireText("name", name);
        requireText("version", version);
        requireText("architecture", architecture);
        requirePositive("lookback_hours", lookbackHours);
        requirePositive("horizon_hours", horizonHours);
        quantiles = List.copyOf(quantiles);
        calendarFeatures = List.copyOf(calendarFeatures);
        regionScales = Map.copyOf(regionScales);
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
        int features = calendarFeatures.size();
        regionScales.forEach((region, scale) -> {
            if (scale.calendar().size() != features) {
                throw new IllegalArgumentException("manifest: region_scales of " + region + " has "
                        + scale.calendar().size() + " calendar features; the model takes " + features);
            }
        });
        if (!regionScales.isEmpty() && !knownRegions.isEmpty()) {
            throw new IllegalArgumentException(
                    "manifest: region_scales and known_regions are both there; a model takes one of them as its input");
        }
    }

    /** Of a model that is told nothing of the region. */
    public ModelManifest(
            String name,
            String version,
            String architecture,
            int lookbackHours,
            int horizonHours,
            List<Quantile> quantiles,
            List<CalendarFeature> calendarFeatures,
            Map<String, String> training,
            Map<String, Double> scores) {
        this(
                name,
                version,
                architecture,
                lookbackHours,
                horizonHours,
                quantiles,
                calendarFeatures,
                Map.of(),
                KnownRegions.NONE,
                training,
                scores);
    }

    /** Whether a window made for one of them is one for the other, and so is what comes out. */
    boolean takesAndGivesTheSame(ModelManifest other) {
        return lookbackHours == other.lookbackHours
                && horizonHours == other.horizonHours
                && quantiles.equals(other.quantiles)
                && calendarFeatures.equals(other.calendarFeatures)
                && regionScales.equals(other.regionScales)
                && knownRegions.equals(other.knownRegions);
    }

    /** Whether it is given the scale of a window's region. */
    public boolean scaledByRegion() {
        return !regionScales.isEmpty();
    }

    /** How many numbers it is given of a window's region; none if it is told nothing. */
    public int regionNumbers() {
        if (scaledByRegion()) {
            return RegionScale.numbers(calendarFeatures.size());
        }
        return knownRegions.isEmpty() ? 0 : 1;
    }

    /**
     * What it is given of a region: its scale, or its number among those that it knows.
     *
     * @throws IllegalArgumentException if it {@linkplain #forecasts does not forecast} the region
     */
    public float[] regionNumbers(Region region) {
        requireForecasts(region);
        RegionScale scale = regionScales.get(region);
        if (scale != null) {
            return scale.numbers();
        }
        return knownRegions.isEmpty() ? new float[0] : new float[] {knownRegions.number(region)};
    }

    /** Whether it forecasts a region: any, unless it is scaled by region and has no scale of this one. */
    public boolean forecasts(Region region) {
        return !scaledByRegion() || regionScales.containsKey(region);
    }

    /**
     * Checks that it {@linkplain #forecasts(Region) forecasts} a region.
     *
     * @throws IllegalArgumentException if it does not
     */
    public void requireForecasts(Region region) {
        if (!forecasts(region)) {
            throw new IllegalArgumentException("model '" + name + "' has no scale for region " + region
                    + ", as it was not trained on it, but on "
                    + regionScales.keySet().stream().sorted().map(Region::name).collect(Collectors.joining(", "))
                    + "; leave the region out, train with its file too, or take a model that scales by the window");
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
