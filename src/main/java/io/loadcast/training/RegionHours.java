package io.loadcast.training;

import io.loadcast.dataset.HourlySeries;
import io.loadcast.domain.Calendar;
import io.loadcast.domain.CalendarFeature;
import io.loadcast.domain.RegionScale;
import java.nio.FloatBuffer;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A region's loads and calendar features of every hour, laid out so that any window is one copy. */
final class RegionHours {
    private final float[] loadMw;
    private final float[] calendar;
    private final int features;
    private final float[] scale;

    /** @param scale that a network is told of the region; null if it is told none */
    RegionHours(HourlySeries series, List<CalendarFeature> features, @Nullable RegionScale scale) {
        this.scale = scale == null ? new float[0] : scale.numbers();
        this.loadMw = series.loadMw();
        this.features = features.size();
        this.calendar = new float[loadMw.length * this.features];
        new Calendar(series.civilCalendar(), features)
                .append(series.firstEpochHour(), loadMw.length, FloatBuffer.wrap(calendar));
    }

    /** The numbers of its scale; none if it has none. */
    float[] scale() {
        return scale;
    }

    void copyLoads(int start, int hours, FloatBuffer target) {
        target.put(loadMw, start, hours);
    }

    void copyCalendar(int start, int hours, FloatBuffer target) {
        target.put(calendar, start * features, hours * features);
    }
}
