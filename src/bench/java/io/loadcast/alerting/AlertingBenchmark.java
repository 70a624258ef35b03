package io.loadcast.alerting;

import io.loadcast.domain.EpochHour;
import io.loadcast.domain.Reading;
import io.loadcast.domain.Region;
import io.loadcast.forecasting.Alert;
import io.loadcast.forecasting.Forecast;
import io.loadcast.forecasting.ForecastOutputs;
import io.loadcast.forecasting.ForecastMethod;
import io.loadcast.forecasting.ForecastQuality;
import io.loadcast.forecasting.ModelId;
import io.loadcast.forecasting.PointScore;
import io.loadcast.forecasting.ReadingOutcome;
import io.loadcast.forecasting.RunningScore;
import io.loadcast.forecasting.Suspicion;
import io.loadcast.forecasting.Withheld;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** What alerting adds to a tick: a thousand regions, of whose loads one in five lies outside its interval, as it should. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(java.util.concurrent.TimeUnit.NANOSECONDS)
public class AlertingBenchmark {
    private static final int REGIONS = 1000;
    private static final long FIRST_HOUR = 420_000;

    private final Region[] regions = new Region[REGIONS];
    private final Reading[] readings = new Reading[REGIONS];
    private final double[] loadsMw = new double[24];
    private final ModelId model = new ModelId("m", "1", "0".repeat(64));
    private final RunningScore running = new RunningScore(168, 1, 2, 80);
    private final Nothing nothing = new Nothing();
    private Alerting alerting;
    private long tick;

    /** Keeps states in a map, and passes nothing on. */
    private static final class Nothing implements ForecastOutputs, AlertStates {
        private final Map<Region, byte[]> states = new HashMap<>();

        @Override
        public void put(Region region, byte[] packed) {
            states.put(region, packed);
        }

        @Override
        public void forEach(BiConsumer<Region, byte[]> action) {}

        @Override
        public void putPartition(byte[] packed) {}

        @Override
        public byte @Nullable [] partition() {
            return null;
        }

        @Override
        public void score(Region region, PointScore score) {}

        @Override
        public void forecast(Forecast forecast) {}

        @Override
        public void withheld(Region region, Withheld reason) {}

        @Override
        public void suspect(Region region, Suspicion suspicion) {}

        @Override
        public void unconfirmed(Reading held, @Nullable Long newestReadingHour) {}

        @Override
        public void alert(Alert alert) {}
    }

    @Setup
    public void start() {
        alerting = new Alerting(AlertSettings.DEFAULT, nothing, nothing, 0);
        Arrays.fill(loadsMw, 1000);
        for (int i = 0; i < REGIONS; i++) {
            regions[i] = new Region("R" + i);
        }
    }

    /** A reading, its two scores, its forecast, and what is stored of them; their making included. */
    @Benchmark
    public Map<Region, byte[]> tick() {
        int i = (int) (tick % REGIONS);
        long hour = FIRST_HOUR + tick / REGIONS;
        if (i == 0) {
            for (int region = 0; region < REGIONS; region++) {
                readings[region] = new Reading(regions[region], EpochHour.start(hour), 1000);
            }
        }
        alerting.taken(readings[i], ReadingOutcome.NEXT, hour, tick);
        int dice = (int) (tick * 31 % 97);
        double actualMw = dice < 8 ? 1180 : dice < 20 ? 1120 : 1030;
        alerting.score(regions[i], score(hour, 1, actualMw));
        alerting.score(regions[i], score(hour, 24, actualMw));
        alerting.forecast(new Forecast(
                regions[i], hour, 0, model, ForecastMethod.MODEL, ForecastQuality.OK, null, null, loadsMw, loadsMw, loadsMw));
        alerting.store();
        tick++;
        return nothing.states;
    }

    private PointScore score(long hour, int lead, double actualMw) {
        return new PointScore(
                hour, lead, 0, false, actualMw, 1000, 900, 1100, 1000, 1, 2, actualMw <= 1100, running, running,
                running);
    }
}
