package io.loadcast.inference;

import io.loadcast.domain.Calendar;
import io.loadcast.domain.CivilCalendar;
import io.loadcast.domain.Region;
import io.loadcast.forecasting.ForecastEngine;
import io.loadcast.forecasting.ModelManifest;
import io.loadcast.forecasting.WindowBatch;
import java.time.ZoneId;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.AuxCounters;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/** The shipped model on one CPU thread: runs a second, and as a counter windows a second, by batch size. */
@State(Scope.Thread)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(2)
public class EngineBenchmark {
    private static final long LAST_HOUR = 420_000;

    @Param({"1", "16", "32", "64", "128"})
    private int batchSize;

    private ForecastEngine engine;
    private WindowBatch batch;

    /** Windows in all runs of an iteration. */
    @State(Scope.Thread)
    @AuxCounters(AuxCounters.Type.OPERATIONS)
    public static class Windows {
        public long windows;
    }

    @Setup
    public void open() {
        ModelFile model = ModelFile.shipped();
        engine = OnnxForecastEngine.open(model, new EngineOptions(Device.CPU, 1));
        ModelManifest manifest = model.manifest();
        batch = new WindowBatch(manifest, batchSize);
        Calendar calendar = new Calendar(
                CivilCalendar.withoutHolidays(ZoneId.of("America/New_York")), manifest.calendarFeatures());
        for (int row = 0; row < batchSize; row++) {
            float[] loadMw = new float[manifest.lookbackHours()];
            for (int hour = 0; hour < loadMw.length; hour++) {
                loadMw[hour] = 1000 + 10 * ((row + hour) % 24);
            }
            batch.add(new Region("AEP"), loadMw, LAST_HOUR + row, calendar);
        }
    }

    @TearDown
    public void close() {
        engine.close();
    }

    @Benchmark
    public WindowBatch run(Windows counter) {
        engine.run(batch);
        counter.windows += batch.size();
        return batch;
    }
}
