package io.loadcast.forecasting;

import io.loadcast.domain.CalendarFeature;
import io.loadcast.domain.Extremes;
import io.loadcast.domain.KnownRegions;
import io.loadcast.domain.Quantile;
import io.loadcast.domain.Region;
import io.loadcast.domain.RegionScale;
import java.nio.FloatBuffer;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A real engine whose model is simple enough to compute by hand: p50 = last load, p10 and p90 = last ± 10 %. */
public final class LastValueEngine implements ForecastEngine {
    private final ModelManifest manifest;
    private float factor = 1;
    private int runs;
    private @Nullable RuntimeException failure;

    /** Looks a day ahead, for any region. */
    public LastValueEngine() {
        this(24, Map.of());
    }

    /** @param scales of the regions that it knows; empty for any region */
    public LastValueEngine(int horizonHours, Map<Region, RegionScale> scales) {
        manifest = new ModelManifest(
                "last-value",
                "1.0",
                "last-value",
                90,
                horizonHours,
                List.of(Quantile.P10, Quantile.P50, Quantile.P90),
                List.of(CalendarFeature.HOUR_OF_DAY),
                scales,
                KnownRegions.NONE,
                Map.of(),
                Map.of());
    }

    /** Looks one hour ahead, and knows a single region. */
    public static LastValueEngine ofNextHour(String region) {
        RegionScale scale = new RegionScale(new Extremes(0, 2000), List.of(new Extremes(0, 23)));
        return new LastValueEngine(1, Map.of(new Region(region), scale));
    }

    /** From now on the model multiplies its output by this; NaN makes it fail as a broken model does. */
    public void multiplyBy(float newFactor) {
        factor = newFactor;
    }

    /** The next run fails as that of a device does. */
    public void failNextRun() {
        failNextRun(new ForecastEngineException("the device failed"));
    }

    public void failNextRun(RuntimeException with) {
        failure = with;
    }

    /** How often the model has run. */
    public int runs() {
        return runs;
    }

    @Override
    public ModelId model() {
        return new ModelId("last-value", "1.0", "0".repeat(64));
    }

    @Override
    public ModelManifest manifest() {
        return manifest;
    }

    @Override
    public String device() {
        return "cpu";
    }

    @Override
    public void run(WindowBatch batch) {
        if (failure != null) {
            RuntimeException now = failure;
            failure = null;
            throw now;
        }
        runs++;
        FloatBuffer loadMw = batch.loadMw();
        FloatBuffer quantilesMw = batch.quantilesMw();
        for (int row = 0; row < batch.size(); row++) {
            float last = loadMw.get((row + 1) * manifest.lookbackHours() - 1);
            for (int lead = 1; lead <= manifest.horizonHours(); lead++) {
                quantilesMw.put(last * 0.9f * factor).put(last * factor).put(last * 1.1f * factor);
            }
        }
    }

    @Override
    public void close() {}
}
