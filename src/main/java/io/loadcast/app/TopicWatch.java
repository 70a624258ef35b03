package io.loadcast.app;

import io.loadcast.streaming.KafkaStateOrigins;
import io.loadcast.streaming.KafkaUnavailableException;
import io.loadcast.streaming.TopicAdministration;
import io.loadcast.streaming.TopicShape;
import io.loadcast.streaming.Topics;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A look at the topics every few seconds while the topology runs. Kafka's clients wait for minutes for a topic that was deleted and say
 * nothing, and Kafka Streams creates a changelog anew. So an output topic that is gone is created again; without the readings or a
 * changelog, whoever runs the program is told, and the topology stops. On a thread of its own; whoever started it closes it.
 */
final class TopicWatch implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(TopicWatch.class);
    private static final Duration PERIOD = Duration.ofSeconds(5);

    private final TopicAdministration administration;
    private final KafkaStateOrigins origins;
    private final Topics topics;
    private final LoadcastSettings.TopicSettings settings;
    private final Runnable stop;
    private final ScheduledExecutorService executor = Executors.newSingleThreadScheduledExecutor(work -> {
        Thread thread = new Thread(work, "topic-watch");
        thread.setDaemon(true);
        return thread;
    });

    private TopicWatch(
            TopicAdministration administration,
            KafkaStateOrigins origins,
            Topics topics,
            LoadcastSettings.TopicSettings settings,
            Runnable stop) {
        this.administration = administration;
        this.origins = origins;
        this.topics = topics;
        this.settings = settings;
        this.stop = stop;
    }

    /**
     * Begins to look.
     *
     * @param administration is closed with it
     * @param stop called once, when state is lost, on the watch's thread
     */
    static TopicWatch start(
            TopicAdministration administration,
            KafkaStateOrigins origins,
            Topics topics,
            LoadcastSettings.TopicSettings settings,
            Runnable stop) {
        TopicWatch watch = new TopicWatch(administration, origins, topics, settings, stop);
        long millis = PERIOD.toMillis();
        watch.executor.scheduleWithFixedDelay(watch::lookOrWait, millis, millis, TimeUnit.MILLISECONDS);
        return watch;
    }

    private void lookOrWait() {
        try {
            look();
        } catch (KafkaUnavailableException e) {
            LOG.debug("no look at the topics: {}", e.getMessage()); // clients wait for brokers, and so do we
        } catch (RuntimeException e) {
            LOG.warn("no look at the topics: {}", e.toString());
        }
    }

    private void look() {
        Optional<String> lost = origins.lost();
        if (lost.isPresent()) {
            LOG.error("the topology stops: {}", lost.get());
            executor.shutdown();
            stop.run();
            return;
        }
        Map<String, Optional<TopicShape>> shapes = administration.describe(topics);
        if (shapes.values().stream().allMatch(Optional::isPresent)) {
            return;
        }
        List<String> created =
                administration.createMissing(topics, settings.partitions(), settings.replicationFactor());
        if (created.isEmpty()) {
            return; // another instance was quicker
        }
        LOG.error(
                "topics {} were deleted while they were in use, and are created anew: what was in them is gone",
                created);
    }

    @Override
    public void close() {
        executor.shutdownNow();
        administration.close();
    }
}
