package io.loadcast.training;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.ParameterStore;
import io.loadcast.dataset.ChronologicalSplit;
import io.loadcast.dataset.HourWindow;
import io.loadcast.dataset.HourlySeries;
import io.loadcast.domain.Calendar;
import io.loadcast.domain.RegionScale;
import io.loadcast.forecasting.ModelManifest;
import io.loadcast.forecasting.WindowBatch;
import io.loadcast.inference.Device;
import io.loadcast.inference.EngineOptions;
import io.loadcast.inference.ManifestJson;
import io.loadcast.inference.ModelFile;
import io.loadcast.inference.OnnxForecastEngine;
import io.loadcast.zoo.Architecture;
import io.loadcast.zoo.Network;
import io.loadcast.zoo.NetworkInput;
import io.loadcast.zoo.Weights;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Turns trained weights into model files, and refuses to write one that does not compute what the network computes. */
public final class ModelExport {
    /** Largest relative difference between the network's forecast and the file's. */
    static final double TOLERANCE = 1e-5;

    private static final int WINDOWS_PER_REGION = 16;

    private ModelExport() {}

    /** The model as a file would hold it, with its manifest and its seal. */
    public static byte[] toBytes(TrainedNetwork trained, ModelManifest manifest) {
        return toBytes(trained.architecture(), trained.weights(), manifest);
    }

    /** The same of weights from elsewhere, such as a fit in closed form. */
    public static byte[] toBytes(Architecture architecture, Weights weights, ModelManifest manifest) {
        return architecture
                .toOnnx(weights)
                .withMetadata(ManifestJson.METADATA_KEY, ManifestJson.write(manifest))
                .sealed()
                .toByteArray();
    }

    /**
     * Runs the same windows through the network and, as serving would, through ONNX Runtime.
     *
     * @return the largest relative difference
     * @throws IllegalStateException if it is larger than {@value #TOLERANCE}
     */
    public static double requireParity(TrainedNetwork trained, byte[] model, List<HourlySeries> series) {
        double largest = 0;
        try (OnnxForecastEngine engine =
                OnnxForecastEngine.open(ModelFile.of("export", model), new EngineOptions(Device.CPU, 1))) {
            for (HourlySeries region : series) {
                WindowBatch batch = sample(engine.manifest(), region);
                if (batch.size() == 0) {
                    continue;
                }
                engine.run(batch);
                RegionScale scale = trained.scales().get(region.region());
                double leastMw = scale == null ? 0 : scale.load().width();
                largest = Math.max(largest, largestDifference(network(trained, batch), batch, leastMw));
            }
        }
        if (!(largest <= TOLERANCE)) {
            throw new IllegalStateException("the exported model differs from the network by " + largest
                    + " (relative), more than " + TOLERANCE + "; nothing was written");
        }
        return largest;
    }

    /**
     * Makes sure, before training, that {@link #write} will not fail for its place.
     *
     * @throws IllegalArgumentException if no file can be written there
     */
    public static void requireWritable(Path file) {
        WholeFile.requireWritable("--out", file);
    }

    /** Writes the file in one move: whoever reads it sees the old or the new one. */
    public static void write(byte[] model, Path file) throws IOException {
        WholeFile.write(file, model);
    }

    private static WindowBatch sample(ModelManifest manifest, HourlySeries series) {
        int hours = manifest.lookbackHours() + manifest.horizonHours();
        List<HourWindow> windows = ChronologicalSplit.of(series, 0).training(hours, hours, 0);
        WindowBatch batch = new WindowBatch(manifest, WINDOWS_PER_REGION);
        Calendar calendar = new Calendar(series.civilCalendar(), manifest.calendarFeatures());
        float[] loadMw = series.loadMw();
        for (int i = 0; i < Math.min(WINDOWS_PER_REGION, windows.size()); i++) {
            HourWindow window = windows.get(i * windows.size() / WINDOWS_PER_REGION);
            int end = window.start() + manifest.lookbackHours();
            batch.add(
                    series.region(),
                    Arrays.copyOfRange(loadMw, window.start(), end),
                    series.epochHour(end - 1),
                    calendar);
        }
        return batch;
    }

    private static float[] network(TrainedNetwork trained, WindowBatch batch) {
        int lookback = trained.architecture().lookbackHours();
        int hours = lookback + trained.architecture().horizonHours();
        int features = trained.architecture().calendarFeatures().size();
        try (NDManager manager = NDManager.newBaseManager()) {
            Network network = trained.architecture().newNetwork(manager);
            network.setWeights(trained.weights());
            NDArray loads = manager.create(batch.loadMw(), new Shape(batch.size(), lookback), DataType.FLOAT32);
            NDArray calendar =
                    manager.create(batch.calendar(), new Shape(batch.size(), hours, features), DataType.FLOAT32);
            NetworkInput seen = new NetworkInput(loads, calendar, regions(trained, batch, manager));
            return network.quantilesMw(new ParameterStore(manager, false), seen).toFloatArray();
        }
    }

    private static @Nullable NDArray regions(TrainedNetwork trained, WindowBatch batch, NDManager manager) {
        int numbers = trained.architecture().regionNumbers();
        return numbers == 0 ? null : manager.create(batch.region(), new Shape(batch.size(), numbers), DataType.FLOAT32);
    }

    /** @param leastMw that a difference counts relative to: what was scaled by a range is as exact as that range */
    private static double largestDifference(float[] expected, WindowBatch batch, double leastMw) {
        float[] actual = new float[expected.length];
        batch.quantilesMw().get(actual);
        double largest = 0;
        for (int i = 0; i < expected.length; i++) {
            double difference = Math.abs(actual[i] - expected[i]) / Math.max(Math.abs(expected[i]), leastMw);
            largest = Double.isNaN(difference) ? Double.POSITIVE_INFINITY : Math.max(largest, difference);
        }
        return largest;
    }
}
