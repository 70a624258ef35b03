package io.loadcast.bench;

import io.loadcast.dataset.HourlySeries;
import io.loadcast.domain.Calendar;
import io.loadcast.domain.Region;
import io.loadcast.forecasting.ForecastEngine;
import io.loadcast.forecasting.ForecastEngineException;
import io.loadcast.forecasting.ModelManifest;
import io.loadcast.forecasting.WindowBatch;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;

/**
 * How many windows a second an engine forecasts on some threads when there is nothing else to do: no Kafka, no state, no JSON. It is
 * the time within the engine alone; windows lie ready in the batch, calendar and all.
 */
final class Ceiling {
    private static final int[] BATCH_SIZES = {1, 16, 32, 64, 128};
    private static final int ROUNDS = 5;
    private static final long TURN_NANOS = 250_000_000;

    private Ceiling() {}

    /**
     * Measures in rounds in which every batch size has its turn, so that a machine that is busy for a while is so for all of them.
     * Takes about eight seconds.
     *
     * @param further a batch size to measure beside the usual ones
     * @return windows a second by batch size: medians of the rounds
     */
    static SortedMap<Integer, Double> windowsPerSecondByBatch(ForecastEngine engine, int threads, int further)
            throws InterruptedException {
        int[] sizes = IntStream.concat(Arrays.stream(BATCH_SIZES), IntStream.of(further))
                .distinct()
                .toArray();
        double[][] rates = new double[sizes.length][ROUNDS];
        ExecutorService pool = Executors.newFixedThreadPool(threads);
        try {
            for (int round = -1; round < ROUNDS; round++) { // the first is not kept
                for (int b = 0; b < sizes.length; b++) {
                    double rate = turn(engine, pool, threads, sizes[b]);
                    if (round >= 0) {
                        rates[b][round] = rate;
                    }
                }
            }
        } finally {
            pool.shutdownNow();
        }
        SortedMap<Integer, Double> medians = new TreeMap<>();
        for (int b = 0; b < sizes.length; b++) {
            Arrays.sort(rates[b]);
            medians.put(sizes[b], rates[b][ROUNDS / 2]);
        }
        return medians;
    }

    private static double turn(ForecastEngine engine, ExecutorService pool, int threads, int size)
            throws InterruptedException {
        List<Callable<Double>> work = new ArrayList<>();
        for (int t = 0; t < threads; t++) {
            WindowBatch batch = filled(engine.manifest(), size);
            work.add(() -> windowsPerSecond(engine, batch));
        }
        double sum = 0;
        try {
            for (Future<Double> rate : pool.invokeAll(work)) {
                sum += rate.get();
            }
        } catch (ExecutionException e) {
            throw e.getCause() instanceof ForecastEngineException failure ? failure : new IllegalStateException(e);
        }
        return sum;
    }

    private static double windowsPerSecond(ForecastEngine engine, WindowBatch batch) {
        long windows = 0;
        long start = System.nanoTime();
        long elapsed;
        do {
            engine.run(batch);
            windows += batch.size();
            elapsed = System.nanoTime() - start;
        } while (elapsed < TURN_NANOS);
        return windows * 1e9 / elapsed;
    }

    /** Consecutive hours of one region. */
    private static WindowBatch filled(ModelManifest manifest, int size) {
        int lookback = manifest.lookbackHours();
        HourlySeries series = BenchGrid.series(1, lookback + size - 1).get(0);
        Region region = manifest.regionScales().keySet().stream().findFirst().orElse(series.region());
        Calendar calendar = new Calendar(series.civilCalendar(), manifest.calendarFeatures());
        WindowBatch batch = new WindowBatch(manifest, size);
        float[] loadMw = series.loadMw();
        for (int row = 0; row < size; row++) {
            int end = row + lookback;
            batch.add(region, Arrays.copyOfRange(loadMw, row, end), series.epochHour(end - 1), calendar);
        }
        return batch;
    }
}
