package io.loadcast.monitoring;

import io.loadcast.domain.EpochHour;
import io.loadcast.streaming.TaskListener;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.prometheus.metrics.model.registry.MultiCollector;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.time.Duration;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/** How far the tasks have come in event time, and how long readings wait for their forecasts. Thread-safe. */
public final class TaskMeters implements TaskListener, MultiCollector {
    private static final int[] WAIT_MILLIS = {1, 2, 5, 10, 20, 50, 100, 200, 500, 1_000, 2_000, 5_000, 10_000};

    private final Timer waited;
    private final Map<Integer, OptionalLong> newestHours = new ConcurrentHashMap<>();

    public TaskMeters(MeterRegistry registry) {
        this.waited = Timer.builder("loadcast.forecast.wait")
                .description("From when the oldest reading of a flush was taken until all forecasts of the flush were"
                        + " handed to the producer; the commit that shows them comes after.")
                .serviceLevelObjectives(Buckets.ofMillis(WAIT_MILLIS))
                .maximumExpectedValue(Duration.ofSeconds(10))
                .register(registry);
    }

    @Override
    public void reached(int partition, OptionalLong newestForecastHour) {
        newestHours.put(partition, newestForecastHour);
    }

    @Override
    public void flushed(int partition, long waitedNanos) {
        waited.record(waitedNanos, TimeUnit.NANOSECONDS);
    }

    @Override
    public void closed(int partition) {
        newestHours.remove(partition);
    }

    @Override
    public MetricSnapshots collect() {
        Family newest = new Family(
                "loadcast_newest_issue_timestamp_seconds",
                "Valid time of the newest reading whose turn to be forecast has passed, by partition of the readings topic.");
        newestHours.forEach((partition, hour) -> hour.ifPresent(known ->
                newest.add(EpochHour.start(known).getEpochSecond(), "partition", Integer.toString(partition))));
        return MetricSnapshots.of(newest.gauge());
    }
}
