package io.loadcast.inference;

import io.loadcast.domain.Calendar;
import io.loadcast.domain.CivilCalendar;
import io.loadcast.domain.EpochHour;
import io.loadcast.domain.Region;
import io.loadcast.domain.RegionScale;
import io.loadcast.forecasting.ForecastEngine;
import io.loadcast.forecasting.ForecastEngineException;
import io.loadcast.forecasting.ModelManifest;
import io.loadcast.forecasting.WindowBatch;
import java.nio.FloatBuffer;
import java.time.Instant;
import java.util.Map;

/**
 * A batch of made-up windows by which a device proves that it can run the model: batches as large as they will be, with the
 * CPU's results. The device's first run, which loads and chooses kernels, is behind it then. Used by one thread.
 */
final class DeviceCheck {
    /** Largest difference from the CPU, relative. */
    static final double TOLERANCE = 1e-3;

    private static final int COMPARED = 64;
    private static final double TYPICAL_MW = 1000;
    private static final long HOUR = EpochHour.containing(Instant.parse("2024-01-10T00:00:00Z"));

    private final WindowBatch batch;
    private final double levelMw;

    DeviceCheck(ModelManifest manifest, int windows) {
        Region region = new Region("check");
        double level = TYPICAL_MW;
        for (Map.Entry<Region, RegionScale> known : manifest.regionScales().entrySet()) {
            region = known.getKey(); // any that the model knows
            level = (known.getValue().load().min() + known.getValue().load().max()) / 2;
        }
        this.levelMw = level;
        this.batch = new WindowBatch(manifest, windows);
        Calendar calendar = new Calendar(CivilCalendar.UTC, manifest.calendarFeatures());
        float[] loadMw = new float[manifest.lookbackHours()];
        for (int row = 0; row < windows; row++) {
            for (int hour = 0; hour < loadMw.length; hour++) {
                // A day's swing, a little different in each window.
                loadMw[hour] = (float) (levelMw * (1 + 0.2 * Math.sin((hour + row % 24) * Math.PI / 12)));
            }
            batch.add(region, loadMw, HOUR + row, calendar);
        }
    }

    /**
     * Runs the whole batch on the device, as long as it takes, and some of it on the CPU.
     *
     * @throws ForecastEngineException if the device fails, or differs by more than {@value #TOLERANCE}
     */
    void require(OnnxForecastEngine device, ForecastEngine cpu) {
        device.runUnbounded(batch);
        requireAgreement(device.device(), cpu);
    }

    /** That what the batch holds is what the CPU says. */
    private void requireAgreement(String device, ForecastEngine cpu) {
        WindowBatch compared = batch.rows(0, Math.min(COMPARED, batch.size()));
        float[] found = outputs(compared);
        cpu.run(compared);
        float[] expected = outputs(compared);
        double largest = 0;
        for (int i = 0; i < found.length; i++) {
            double difference = Math.abs(found[i] - expected[i]) / Math.max(Math.abs(expected[i]), levelMw);
            largest = Double.isNaN(difference) ? Double.POSITIVE_INFINITY : Math.max(largest, difference);
        }
        if (largest > TOLERANCE) {
            throw new ForecastEngineException("device " + device + ": its forecasts differ from the CPU's by " + largest
                    + " (relative), more than " + TOLERANCE + "; check driver and CUDA version, or choose device cpu");
        }
    }

    private static float[] outputs(WindowBatch rows) {
        FloatBuffer quantilesMw = rows.quantilesMw();
        float[] values = new float[quantilesMw.remaining()];
        quantilesMw.get(values);
        return values;
    }
}
