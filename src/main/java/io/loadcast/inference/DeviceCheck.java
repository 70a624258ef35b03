package io.loadcast.inference;

import io.loadcast.forecasting.ForecastEngine;
import io.loadcast.forecasting.ForecastEngineException;
import io.loadcast.forecasting.ModelManifest;
import io.loadcast.forecasting.WindowBatch;

/**
 * A batch of made-up windows by which a device proves that it can run the model: batches as large as they will be, with the
 * CPU's results. The device's first run, which loads and chooses kernels, is behind it then. Used by one thread.
 */
final class DeviceCheck {
    /** Largest difference from the CPU, relative. */
    static final double TOLERANCE = 1e-3;

    private static final int COMPARED = 64;
    private final WindowBatch batch;
    private final double levelMw;

    DeviceCheck(ModelManifest manifest, int windows) {
        MadeUpWindows madeUp = MadeUpWindows.of(manifest, windows);
        this.levelMw = madeUp.levelMw();
        this.batch = madeUp.batch();
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
        float[] found = MadeUpWindows.outputs(compared);
        cpu.run(compared);
        float[] expected = MadeUpWindows.outputs(compared);
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
}
