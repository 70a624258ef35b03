package io.loadcast.monitoring;

import io.loadcast.streaming.KafkaUnavailableException;
import io.loadcast.streaming.OpenEnd;
import io.prometheus.metrics.model.registry.MultiCollector;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A look every {@value #PERIOD_SECONDS} seconds whether the last stable offsets move. On a thread of its own until it is closed. */
public final class StableOffsets implements MultiCollector, AutoCloseable {
    static final int PERIOD_SECONDS = 15;

    private static final Logger LOG = LoggerFactory.getLogger(StableOffsets.class);

    private final Supplier<Map<TopicPartition, OpenEnd>> ends;
    private final StuckOffsets stuck = new StuckOffsets();
    private final ScheduledExecutorService executor = Executors.newSingleThreadScheduledExecutor(work -> {
        Thread thread = new Thread(work, "stable-offsets");
        thread.setDaemon(true);
        return thread;
    });
    private volatile Map<String, Duration> longest = Map.of();

    private StableOffsets(Supplier<Map<TopicPartition, OpenEnd>> ends) {
        this.ends = ends;
    }

    /** @param ends of the topics to look at; asked on the thread of this one, may throw {@link KafkaUnavailableException} */
    public static StableOffsets watch(Supplier<Map<TopicPartition, OpenEnd>> ends) {
        StableOffsets watch = new StableOffsets(ends);
        watch.executor.scheduleWithFixedDelay(watch::look, PERIOD_SECONDS, PERIOD_SECONDS, TimeUnit.SECONDS);
        return watch;
    }

    private void look() {
        try {
            longest = stuck.look(ends.get(), System.nanoTime());
        } catch (RuntimeException e) { // a cluster that does not answer has alerts of its own
            LOG.debug("no look at the stable offsets", e);
        }
    }

    @Override
    public MetricSnapshots collect() {
        Family family = new Family(
                "loadcast_last_stable_offset_stuck_seconds",
                "For how long the last stable offset of one of the topic's partitions has stood still before its end.");
        longest.forEach((topic, duration) -> family.add(duration.toMillis() / 1e3, "topic", topic));
        return MetricSnapshots.of(family.gauge());
    }

    @Override
    public void close() {
        executor.shutdownNow();
    }
}
