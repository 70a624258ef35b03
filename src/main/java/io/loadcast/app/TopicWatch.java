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
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A look at the topics every few seconds while the topology runs. Kafka's clients wait for minutes for a topic that was deleted and say
 * nothing, and Kafka Streams creates a changelog anew. So when one is gone, whoever runs the program is told, and the topology stops.
 * On a thread of its own; whoever started it closes it.
 */
final class TopicWatch implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(TopicWatch.class);
    private static final Duration PERIOD = Duration.ofSeconds(5);

    private final TopicAdministration administration;
    private final KafkaStateOrigins origins;
    private final Topics topics;
    private final boolean meters;
    private final Consumer<String> stop;
    private volatile Optional<String> lost = Optional.empty(); // written by the watch's thread
    private final ScheduledExecutorService executor = Executors.newSingleThreadScheduledExecutor(work -> {
        Thread thread = new Thread(work, "topic-watch");
        thread.setDaemon(true);
        return thread;
    });

    private TopicWatch(
            TopicAdministration administration,
            KafkaStateOrigins origins,
            Topics topics,
            boolean meters,
            Consumer<String> stop) {
        this.administration = administration;
        this.origins = origins;
        this.topics = topics;
        this.meters = meters;
        this.stop = stop;
    }

    /**
     * Begins to look.
     *
     * @param administration is closed with it
     * @param meters whether meters are summed; their topic is not in use otherwise
     * @param stop called once, with what is wrong, when a topic is gone, on the watch's thread
     */
    static TopicWatch start(
            TopicAdministration administration,
            KafkaStateOrigins origins,
            Topics topics,
            boolean meters,
            Consumer<String> stop) {
        TopicWatch watch = new TopicWatch(administration, origins, topics, meters, stop);
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
            LOG.warn(
                    "cannot look whether the topics are there; tried again in {} s. If this stays, see that the cluster allows"
                            + " this client to describe topics: {}",
                    PERIOD.toSeconds(),
                    e.toString());
        }
    }

    private void look() {
        boolean seenLost = lost.isPresent();
        lost = origins.lost().or(() -> lost(administration.describe(topics), topics, meters));
        if (lost.isPresent() && seenLost) { // a broker may be behind the others: look twice
            LOG.error("the topology stops: {}", lost.get());
            executor.shutdown();
            stop.accept(lost.get());
        }
    }

    /** What is wrong with the topics, by the last look. */
    Optional<String> lost() {
        return lost;
    }

    /** What is wrong with topics that stand like this. They are not created again here: producers at work would mix up their order. */
    static Optional<String> lost(Map<String, Optional<TopicShape>> shapes, Topics topics, boolean meters) {
        List<String> inputs = missing(shapes, topics.inputs(meters));
        if (!inputs.isEmpty()) {
            return Optional.of("input topics " + inputs + " were deleted while they were in use: what was in them is"
                    + " gone, and the state that was made from it fits no other. Stop all instances and start them with"
                    + " another --application-id");
        }
        List<String> outputs = missing(shapes, topics.outputs());
        return outputs.isEmpty()
                ? Optional.empty()
                : Optional.of("output topics " + outputs + " were deleted while they were in use: what was in them is"
                        + " gone. Start again: they are created anew, and nothing more is lost");
    }

    private static List<String> missing(Map<String, Optional<TopicShape>> shapes, List<String> names) {
        return names.stream()
                .filter(name -> shapes.getOrDefault(name, Optional.empty()).isEmpty())
                .toList();
    }

    @Override
    public void close() {
        executor.shutdownNow();
        administration.close();
    }
}
