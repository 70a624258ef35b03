import io.loadcast.domain.Calendar;
import io.loadcast.domain.CivilCalendar;
import io.loadcast.domain.Region;
import io.loadcast.forecasting.WindowBatch;
import io.loadcast.inference.Device;
import io.loadcast.inference.EngineOptions;
import io.loadcast.inference.ModelFile;
import io.loadcast.inference.OnnxForecastEngine;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;

/**
 * Windows a second of the Java engine, reading of all outputs included, and how far device and CPU agree: a line of JSON for each
 * batch size. Leaves inputs and the CPU's outputs beside the model, for PyTorch to be compared with.
 *
 * <pre>GpuThroughput MODEL.onnx DEVICE SECONDS BATCH…</pre>
 */
final class GpuThroughput {
    private static final int COMPARED = 64;

    public static void main(String[] arguments) throws IOException {
        Path path = Path.of(arguments[0]);
        ModelFile model = ModelFile.read(path);
        // Bounded as in serving, so that what the bound costs is in the figures; far away, so that it stops nothing.
        EngineOptions options =
                new EngineOptions(Device.ofKey(arguments[1]), 1, Optional.of(Duration.ofMinutes(10)));
        long nanos = (long) (Double.parseDouble(arguments[2]) * 1e9);
        try (OnnxForecastEngine engine = OnnxForecastEngine.open(model, options);
                OnnxForecastEngine cpu = OnnxForecastEngine.open(model, new EngineOptions(Device.CPU, 1))) {
            WindowBatch compared = batch(model, COMPARED);
            cpu.run(compared);
            float[] expected = values(compared.quantilesMw());
            engine.run(compared);
            double difference = difference(values(compared.quantilesMw()), expected);
            write(path, "loads", values(compared.loadMw()));
            write(path, "calendar", values(compared.calendar()));
            write(path, "expected", expected);
            for (int i = 3; i < arguments.length; i++) {
                int windows = Integer.parseInt(arguments[i]);
                System.out.println(String.format(
                        Locale.ROOT,
                        "{\"runtime\":\"loadcast\",\"model\":\"%s\",\"device\":\"%s\",\"batch\":%d,"
                                + "\"windows_per_second\":%.1f,\"difference_from_cpu\":%.3g}",
                        path.getFileName(), engine.device(), windows,
                        windowsPerSecond(engine, model, windows, nanos), difference));
            }
        }
    }

    private static double windowsPerSecond(OnnxForecastEngine engine, ModelFile model, int windows, long nanos) {
        WindowBatch batch = batch(model, windows);
        double sum = 0;
        for (int i = 0; i < 3; i++) {
            engine.run(batch);
            sum += read(batch, model);
        }
        long start = System.nanoTime();
        long runs = 0;
        do {
            engine.run(batch);
            sum += read(batch, model);
            runs++;
        } while (System.nanoTime() - start < nanos);
        double seconds = (System.nanoTime() - start) / 1e9;
        if (Double.isNaN(sum)) {
            throw new IllegalStateException("the model gives no numbers");
        }
        return runs * windows / seconds;
    }

    /** Every output, as serving reads them. */
    private static double read(WindowBatch batch, ModelFile model) {
        double sum = 0;
        for (int row = 0; row < batch.size(); row++) {
            for (int lead = 1; lead <= model.manifest().horizonHours(); lead++) {
                for (int q = 0; q < model.manifest().quantiles().size(); q++) {
                    sum += batch.quantileMw(row, lead, q);
                }
            }
        }
        return sum;
    }

    private static WindowBatch batch(ModelFile model, int windows) {
        WindowBatch batch = new WindowBatch(model.manifest(), windows);
        Calendar calendar = new Calendar(CivilCalendar.UTC, model.manifest().calendarFeatures());
        float[] loadMw = new float[model.manifest().lookbackHours()];
        for (int row = 0; row < windows; row++) {
            for (int hour = 0; hour < loadMw.length; hour++) {
                loadMw[hour] = (float) (1000 * (1 + 0.2 * Math.sin((hour + row % 24) * Math.PI / 12)));
            }
            batch.add(new Region("bench"), loadMw, 470_000 + row % 8760, calendar);
        }
        return batch;
    }

    private static double difference(float[] found, float[] expected) {
        double largest = 0;
        for (int i = 0; i < found.length; i++) {
            double difference = Math.abs(found[i] - expected[i]) / Math.abs(expected[i]);
            largest = Double.isNaN(difference) ? Double.POSITIVE_INFINITY : Math.max(largest, difference);
        }
        return largest;
    }

    private static float[] values(FloatBuffer buffer) {
        float[] values = new float[buffer.remaining()];
        buffer.get(values);
        return values;
    }

    private static void write(Path model, String what, float[] values) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(values.length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        bytes.asFloatBuffer().put(values);
        Files.write(model.resolveSibling(model.getFileName() + "." + what), bytes.array());
    }
}
