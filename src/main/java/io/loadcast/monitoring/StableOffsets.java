package io.loadcast.monitoring;

import io.loadcast.streaming.TopicAdministration;
import io.loadcast.streaming.Topics;
import io.prometheus.metrics.model.registry.MultiCollector;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A look every {@value #PERIOD_SECONDS} seconds whether the last stable offsets move. On a thread of its own until it is closed. */
public final class StableOffsets implements MultiCollector, AutoCloseable {
    static final int PERIOD_SECONDS = 15;

    private static final Logger LOG = LoggerFactory.getLogger(StableOffsets.class);

    private final TopicAdministration administration;
    private final Topics topics;
    private final StuckOffsets stuck = new StuckOffsets();
    private final ScheduledExecutorService executor = Executors.newSingleThreadScheduledExecutor(work -> {
        Thread thread = new Thread(work, "stable-offsets");
        thread.setDaemon(true);
        return thread;
    });
    private volatile Map<String, Duration> longest = Map.of();

    private StableOffsets(TopicAdministration administration, Topics topics) {
        this.administration = administration;
        this.topics = topics;
    }

    /** @param administration is closed with it */
    public static StableOffsets watch(TopicAdministration administration, Topics topics) {
        StableOffsets watch = new StableOffsets(administration, topics);
        watch.executor.scheduleWithFixedDelay(watch::look, PERIOD_SECONDS, PERIOD_SECONDS, TimeUnit.SECONDS);
        return watch;
    }

    private void look() {
        try {
            longest = stuck.look(administration.openEnds(topics), System.nanoTime());
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
        administration.close();
    }
}
