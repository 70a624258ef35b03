package io.loadcast.inference;

import io.loadcast.domain.Calendar;
import io.loadcast.domain.CivilCalendar;
import io.loadcast.domain.EpochHour;
import io.loadcast.domain.Region;
import io.loadcast.domain.RegionScale;
import io.loadcast.forecasting.ModelManifest;
import io.loadcast.forecasting.WindowBatch;
import java.nio.FloatBuffer;
import java.time.Instant;
import java.util.Map;

/**
 * A full batch of loads that swing by the day, always the same, by which a model or a device is tried.
 *
 * @param levelMw what they swing about
 */
record MadeUpWindows(WindowBatch batch, double levelMw) {
    private static final double TYPICAL_MW = 1000;
    private static final long HOUR = EpochHour.containing(Instant.parse("2024-01-10T00:00:00Z"));

    /** In a region that the model forecasts. */
    static MadeUpWindows of(ModelManifest manifest, int windows) {
        Region region = new Region("check");
        double level = TYPICAL_MW;
        for (Map.Entry<Region, RegionScale> known : manifest.regionScales().entrySet()) {
            region = known.getKey(); // any that the model knows
            level = (known.getValue().load().min() + known.getValue().load().max()) / 2;
        }
        WindowBatch batch = new WindowBatch(manifest, windows);
        Calendar calendar = new Calendar(CivilCalendar.UTC, manifest.calendarFeatures());
        float[] loadMw = new float[manifest.lookbackHours()];
        for (int row = 0; row < windows; row++) {
            for (int hour = 0; hour < loadMw.length; hour++) {
                // A day's swing, a little different in each window.
                loadMw[hour] = (float) (level * (1 + 0.2 * Math.sin((hour + row % 24) * Math.PI / 12)));
            }
            batch.add(region, loadMw, HOUR + row, calendar);
        }
        return new MadeUpWindows(batch, level);
    }

    /** What an engine has written to a batch. */
    static float[] outputs(WindowBatch rows) {
        FloatBuffer quantilesMw = rows.quantilesMw();
        float[] values = new float[quantilesMw.remaining()];
        quantilesMw.get(values);
        return values;
    }
}
