package io.loadcast.training.evaluation;

import io.loadcast.forecasting.ForecastEngine;
import io.loadcast.forecasting.WindowBatch;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.function.LongSupplier;

/**
 * How many windows a second engines forecast, measured on the calling thread: after a warm-up in rounds, each of which gives every
 * engine its turn, so that a machine that is busy for a while is so for all of them; the figure is the median of the rounds.
 *
 * <p>It is the time within the engine: windows lie ready in the batch, calendar and all. Compare figures of one call only.
 */
public final class Throughput {
    public static final int ROUNDS = 9;

    private static final long WARM_UP_NANOS = Duration.ofMillis(300).toNanos();
    private static final long TURN_NANOS = Duration.ofMillis(100).toNanos();

    private final LongSupplier nanoTime;

    public Throughput() {
        this(System::nanoTime);
    }

    /** @param nanoTime the clock; every value is at least the one before */
    Throughput(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
    }

    /**
     * Measures for about {@code engines · (0.3 + 9 · 0.1)} seconds.
     *
     * @param batches one for each engine, filled
     * @return windows a second, in the order of the engines
     * @throws io.loadcast.forecasting.ForecastEngineException if an engine fails
     */
    public double[] windowsPerSecond(List<? extends ForecastEngine> engines, List<WindowBatch> batches) {
        double[][] rates = new double[engines.size()][ROUNDS];
        for (int e = 0; e < engines.size(); e++) {
            turn(engines.get(e), batches.get(e), WARM_UP_NANOS);
        }
        for (int round = 0; round < ROUNDS; round++) {
            for (int e = 0; e < engines.size(); e++) {
                rates[e][round] = turn(engines.get(e), batches.get(e), TURN_NANOS);
            }
        }
        return Arrays.stream(rates).mapToDouble(Throughput::median).toArray();
    }

    /** Runs whole batches until the time is over; windows a second. */
    private double turn(ForecastEngine engine, WindowBatch batch, long nanos) {
        long windows = 0;
        long start = nanoTime.getAsLong();
        long elapsed;
        do {
            engine.run(batch);
            windows += batch.size();
            elapsed = nanoTime.getAsLong() - start;
        } while (elapsed < nanos);
        return windows * 1e9 / elapsed;
    }

    private static double median(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        return sorted[sorted.length / 2];
    }
}
