package io.loadcast.inference;

import io.loadcast.forecasting.ForecastEngine;
import io.loadcast.forecasting.ForecastEngineException;
import io.loadcast.forecasting.ModelManifest;
import io.loadcast.forecasting.UnfitModelException;
import io.loadcast.forecasting.WindowBatch;
import java.util.ArrayList;
import java.util.List;

/**
 * A batch of made-up windows by which a model proves that it can be served, before it forecasts anything: all it gives is finite, its
 * quantiles do not cross, and a window's forecast does not depend on what shares its batch. The engine has run batches of the
 * sizes that it will meet then, so that its first forecasts take no longer than others. Thread-safe.
 */
public final class GoldenInference {
    private static final double GPU_TOLERANCE = DeviceCheck.TOLERANCE;

    private GoldenInference() {}

    /**
     * Runs the engine on batches of 1, 2, 4 … windows, up to a full one.
     *
     * @param windows in a full batch
     * @throws ForecastEngineException if a run fails or takes too long, or the model does not pass
     */
    public static void require(ForecastEngine engine, int windows) {
        MadeUpWindows madeUp = MadeUpWindows.of(engine.manifest(), windows);
        WindowBatch full = madeUp.batch();
        engine.run(full);
        float[] expected = MadeUpWindows.outputs(full);
        requireOrdered(engine, expected);
        for (int rows : sizes(windows)) {
            WindowBatch part = full.rows(0, rows);
            engine.run(part);
            requireSame(engine, rows, expected, MadeUpWindows.outputs(part), madeUp.levelMw());
        }
    }

    private static List<Integer> sizes(int windows) {
        List<Integer> sizes = new ArrayList<>();
        for (int rows = 1; rows < windows; rows *= 2) {
            sizes.add(rows);
        }
        return sizes;
    }

    private static void requireOrdered(ForecastEngine engine, float[] outputs) {
        ModelManifest manifest = engine.manifest();
        int quantiles = manifest.quantiles().size();
        for (int i = 0; i < outputs.length; i++) {
            int lead = i / quantiles % manifest.horizonHours() + 1;
            if (!Float.isFinite(outputs[i])) {
                throw refused(engine, "its forecast " + lead + " h ahead is " + outputs[i]);
            }
            if (i % quantiles > 0 && outputs[i] < outputs[i - 1]) {
                throw refused(
                        engine,
                        "its quantiles cross " + lead + " h ahead: "
                                + manifest.quantiles().get(i % quantiles) + " is " + outputs[i] + " MW, below "
                                + outputs[i - 1] + " MW");
            }
        }
    }

    /** To the last bit on the CPU. On a GPU, kernels are chosen by size. */
    private static void requireSame(ForecastEngine engine, int rows, float[] expected, float[] found, double levelMw) {
        boolean isCpu = engine.device().equals("cpu");
        for (int i = 0; i < found.length; i++) {
            double difference = Math.abs((double) found[i] - expected[i]);
            boolean isSame = isCpu
                    ? Float.floatToIntBits(found[i]) == Float.floatToIntBits(expected[i])
                    : difference <= GPU_TOLERANCE * Math.max(Math.abs(expected[i]), levelMw);
            if (!isSame) {
                throw refused(
                        engine,
                        "a window's forecast depends on what shares its batch: " + found[i] + " MW among " + rows
                                + " windows, " + expected[i] + " MW in a full batch");
            }
        }
    }

    private static ForecastEngineException refused(ForecastEngine engine, String flaw) {
        return new UnfitModelException(
                "model '" + engine.model().name() + "' on made-up loads: " + flaw + "; train or export it again");
    }
}
