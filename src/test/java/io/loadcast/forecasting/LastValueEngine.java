package io.loadcast.forecasting;

import io.loadcast.domain.CalendarFeature;
import io.loadcast.domain.Quantile;
import java.nio.FloatBuffer;
import java.util.List;
import java.util.Map;

/** A real engine whose model is simple enough to compute by hand: p50 = last load, p10 and p90 = last ± 10 %. */
public final class LastValueEngine implements ForecastEngine {
    private final ModelManifest manifest = new ModelManifest(
            "last-value",
            "1.0",
            "last-value",
            90,
            24,
            List.of(Quantile.P10, Quantile.P50, Quantile.P90),
            List.of(CalendarFeature.HOUR_OF_DAY),
            Map.of(),
            Map.of());
    private float factor = 1;

    /** From now on the model multiplies its output by this; NaN makes it fail as a broken model does. */
    public void multiplyBy(float newFactor) {
        factor = newFactor;
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
