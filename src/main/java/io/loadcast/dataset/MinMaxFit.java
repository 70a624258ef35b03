package io.loadcast.dataset;

import io.loadcast.domain.Calendar;
import io.loadcast.domain.CalendarFeature;
import io.loadcast.domain.Extremes;
import io.loadcast.domain.Region;
import io.loadcast.domain.RegionScale;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.tribuo.transform.TransformStatistics;
import org.tribuo.transform.Transformer;
import org.tribuo.transform.transformations.LinearScalingTransformation;

/** Min-max scaling of a region's load and calendar features, fitted by Tribuo's linear scaling transformation. */
public final class MinMaxFit {
    private MinMaxFit() {}

    /**
     * The scale of each region, fitted to the hours that neither validate nor test it.
     *
     * @param series of one region each, all among those that were cut
     * @throws IllegalArgumentException if one has no load among these hours
     */
    public static Map<Region, RegionScale> ofTraining(
            RegionSplits data, List<HourlySeries> series, List<CalendarFeature> features) {
        Map<Region, RegionScale> scales = new LinkedHashMap<>();
        series.forEach(one -> scales.put(one.region(), of(data.trainingPart(one), features)));
        return scales;
    }

    /**
     * The extremes of a series' present hours; missing ones have none.
     *
     * @param series the part to fit to: whoever must not see an hour cuts it off first
     * @throws IllegalArgumentException if no hour has a load
     */
    public static RegionScale of(HourlySeries series, List<CalendarFeature> features) {
        PresentHours hours = series.present();
        if (hours.size() == 0) {
            throw new IllegalArgumentException(
                    "region " + series.region()
                            + " has no load among the hours that train, so nothing to scale by; give a longer file, or leave it out");
        }
        float[] calendar = new float[hours.size() * features.size()];
        Calendar civil = new Calendar(series.civilCalendar(), features);
        FloatBuffer rows = FloatBuffer.wrap(calendar);
        for (int i = 0; i < hours.size(); i++) {
            civil.append(hours.epochHour(i), 1, rows);
        }
        List<Extremes> byFeature = new ArrayList<>();
        for (int f = 0; f < features.size(); f++) {
            byFeature.add(extremes(calendar, f, features.size()));
        }
        return new RegionScale(extremes(hours.loadMw(), 0, 1), byFeature);
    }

    /** Of every {@code stride}-th number. */
    private static Extremes extremes(float[] numbers, int first, int stride) {
        TransformStatistics statistics = new LinearScalingTransformation(0, 1).createStats();
        for (int i = first; i < numbers.length; i += stride) {
            statistics.observeValue(numbers[i]);
        }
        // A transformer does not tell its extremes: they are the numbers that it scales to the ends.
        Transformer scaling = statistics.generateTransformer();
        double min = numbers[first];
        double max = numbers[first];
        for (int i = first; i < numbers.length; i += stride) {
            double scaled = scaling.transform(numbers[i]);
            min = scaled < scaling.transform(min) ? numbers[i] : min;
            max = scaled > scaling.transform(max) ? numbers[i] : max;
        }
        return new Extremes(min, max);
    }
}
