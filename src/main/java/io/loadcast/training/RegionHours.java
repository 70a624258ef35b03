package io.loadcast.training;

import io.loadcast.dataset.HourlySeries;
import io.loadcast.domain.Calendar;
import io.loadcast.domain.CalendarFeature;
import java.nio.FloatBuffer;
import java.util.List;

/** A region's loads and calendar features of every hour, laid out so that any window is one copy. */
final class RegionHours {
    private final float[] loadMw;
    private final float[] calendar;
    private final int features;
    private final float[] numbers;

    /** @param numbers what a network is told of the region */
    RegionHours(HourlySeries series, List<CalendarFeature> features, float[] numbers) {
        this.numbers = numbers.clone();
        this.loadMw = series.loadMw();
        this.features = features.size();
        this.calendar = new float[loadMw.length * this.features];
        new Calendar(series.civilCalendar(), features)
                .append(series.firstEpochHour(), loadMw.length, FloatBuffer.wrap(calendar));
    }

    /** What a network is told of the region. */
    float[] numbers() {
        return numbers;
    }

    void copyLoads(int start, int hours, FloatBuffer target) {
        target.put(loadMw, start, hours);
    }

    void copyCalendar(int start, int hours, FloatBuffer target) {
        target.put(calendar, start * features, hours * features);
    }
}
