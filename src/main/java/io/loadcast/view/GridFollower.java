package io.loadcast.view;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Follows the topics as any subscriber would (committed records only, no group) and keeps a {@link GridView} of them, on a thread of
 * its own. Where Kafka fails it, it begins again where it was; a record that it cannot take it leaves out. Thread-safe; whoever
 * started it closes it.
 */
public final class GridFollower implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(GridFollower.class);
    private static final Duration POLL = Duration.ofMillis(200);
    private static final long RETRY_SECONDS = 5;
    private static final long CLOSE_MILLIS = 3_000;
    private static final long LOOK_FOR_PARTITIONS_NANOS = Duration.ofMinutes(1).toNanos();

    private static final String SILENT = "no broker has answered for more than "
            + BrokerAnswers.LONGEST_SILENCE.toSeconds() + " s; it goes on once one does. Look at the brokers";

    private final Supplier<Consumer<byte[], byte[]>> consumers;
    private final Supplier<Admin> admins;
    private final FollowedTopics topics;
    private final GridView view;
    private final Thread thread = new Thread(this::run, "grid-follower");
    private final CountDownLatch closed = new CountDownLatch(1);
    private volatile @Nullable Consumer<byte[], byte[]> current;
    private volatile Map<TopicPartition, Long> positions = Map.of();
    private volatile Optional<FollowerLook> look = Optional.empty();
    private Map<TopicPartition, Long> target = Map.of();
    private boolean leftOut;

    private GridFollower(
            Supplier<Consumer<byte[], byte[]>> consumers,
            Supplier<Admin> admins,
            FollowedTopics topics,
            GridView view) {
        this.consumers = consumers;
        this.admins = admins;
        this.topics = topics;
        this.view = view;
    }

    /**
     * Begins to follow; returns at once.
     *
     * @param consumers make a consumer that reads committed records and commits no offsets; it is closed here
     */
    public static GridFollower start(
            Supplier<Consumer<byte[], byte[]>> consumers,
            Supplier<Admin> admins,
            FollowedTopics topics,
            GridView view) {
        GridFollower follower = new GridFollower(consumers, admins, topics, view);
        follower.thread.setDaemon(true);
        follower.thread.start();
        return follower;
    }

    /** Whether it knows where to begin: what is written from now on is taken. */
    public boolean isFollowing() {
        return !positions.isEmpty();
    }

    /** Whether it lives; it ends when it is closed, and by no failure of Kafka's. */
    public boolean isAlive() {
        return thread.isAlive();
    }

    /** How it stands by now; empty while it has not begun, and nothing has failed. */
    public Optional<FollowerLook> lastLook() {
        if (!thread.isAlive() && closed.getCount() > 0) {
            note(Optional.of("the thread that follows the topics has ended; the log says why. Start again"));
        }
        return look;
    }

    /** What it was already goes on since it began. */
    private synchronized void note(Optional<String> failure) {
        if (look.isEmpty() || !look.get().failure().equals(failure)) {
            Instant since = look.filter(before -> before.failure().isPresent() && failure.isPresent())
                    .map(FollowerLook::since)
                    .orElseGet(Instant::now);
            look = Optional.of(new FollowerLook(since, failure));
        }
    }

    /** Whether everything before these offsets, of the topics that it follows, has been taken into the view. */
    public boolean hasReached(Map<TopicPartition, Long> offsets) {
        Map<TopicPartition, Long> reached = positions;
        return offsets.entrySet().stream()
                .filter(end -> topics.names().contains(end.getKey().topic()))
                .allMatch(end -> reached.getOrDefault(end.getKey(), 0L) >= end.getValue());
    }

    private void run() {
        while (closed.getCount() > 0) {
            try (Consumer<byte[], byte[]> consumer = consumers.get()) {
                current = consumer;
                follow(consumer);
            } catch (WakeupException e) {
                LOG.debug("closed");
            } catch (RuntimeException e) {
                LOG.warn(
                        "the view of the topics stands still: {}; it is tried again every {} s, forecasts go on. Look at the brokers",
                        e.toString(),
                        RETRY_SECONDS);
                note(Optional.of(e.toString()));
                awaitClosed();
            } finally {
                current = null;
            }
        }
    }

    private void awaitClosed() {
        try {
            if (closed.await(RETRY_SECONDS, TimeUnit.SECONDS)) {
                LOG.debug("closed while waiting");
            }
        } catch (InterruptedException e) {
            closed.countDown();
        }
    }

    private void follow(Consumer<byte[], byte[]> consumer) {
        assign(consumer);
        BrokerAnswers answers = BrokerAnswers.of(consumer);
        long lookedNanos = System.nanoTime();
        while (closed.getCount() > 0) {
            ConsumerRecords<byte[], byte[]> records = consumer.poll(POLL);
            note(answers.areMissing() ? Optional.of(SILENT) : Optional.empty());
            records.forEach(this::take);
            notePositions(consumer);
            if (System.nanoTime() - lookedNanos > LOOK_FOR_PARTITIONS_NANOS) {
                lookedNanos = System.nanoTime();
                if (partitions(consumer).size() > positions.size()) {
                    assign(consumer);
                }
            }
        }
    }

    /** Where it was before; of partitions that are new to it, where a view begins. */
    private void assign(Consumer<byte[], byte[]> consumer) {
        List<TopicPartition> partitions = partitions(consumer);
        Map<TopicPartition, Long> starts = new HashMap<>(positions);
        if (!starts.keySet().containsAll(partitions)) {
            try (Admin admin = admins.get()) {
                new StartOffsets(admin, topics, view::hoursFor).of(partitions).forEach(starts::putIfAbsent);
            }
        }
        consumer.assign(partitions);
        partitions.forEach(partition -> consumer.seek(partition, starts.getOrDefault(partition, 0L)));
        if (!view.isComplete()) {
            target = consumer.endOffsets(partitions);
        }
        notePositions(consumer);
    }

    private void notePositions(Consumer<byte[], byte[]> consumer) {
        Map<TopicPartition, Long> reached = new HashMap<>();
        consumer.assignment().forEach(partition -> reached.put(partition, consumer.position(partition)));
        positions = Map.copyOf(reached);
        if (!view.isComplete() && hasReached(target)) {
            view.becomeComplete();
        }
    }

    private List<TopicPartition> partitions(Consumer<byte[], byte[]> consumer) {
        return topics.names().stream()
                .flatMap(topic -> consumer.partitionsFor(topic).stream())
                .map(info -> new TopicPartition(info.topic(), info.partition()))
                .toList();
    }

    private void take(ConsumerRecord<byte[], byte[]> record) {
        try {
            String topic = record.topic();
            if (topic.equals(topics.readings())) {
                view.takeReading(record.key(), record.value());
            } else if (topic.equals(topics.forecasts())) {
                view.takeForecast(record.value());
            } else if (topic.equals(topics.accuracy())) {
                view.takeAccuracy(record.value());
            } else if (topic.equals(topics.alerts())) {
                view.takeAlert(record.value());
            } else {
                view.takeDeadLetter(reasonOf(record));
            }
        } catch (RuntimeException e) {
            leaveOut(record, e);
        }
    }

    /** Somebody else may have written to an output topic. */
    private void leaveOut(ConsumerRecord<byte[], byte[]> record, RuntimeException e) {
        if (!leftOut) {
            leftOut = true;
            LOG.warn(
                    "the record {}-{} at {} is none of loadcast's ({}) and is left out of the view; find out who wrote it."
                            + " Further ones are left out silently",
                    record.topic(),
                    record.partition(),
                    record.offset(),
                    e.toString());
        }
    }

    private static Map<String, String> reasonOf(ConsumerRecord<byte[], byte[]> record) {
        Map<String, String> headers = new HashMap<>();
        record.headers().forEach(header -> {
            if (header.key().startsWith("loadcast_") && header.value() != null) {
                headers.put(header.key(), new String(header.value(), StandardCharsets.UTF_8));
            }
        });
        return headers;
    }

    @Override
    public void close() {
        closed.countDown();
        Consumer<byte[], byte[]> consumer = current;
        if (consumer != null) {
            consumer.wakeup();
        }
        try {
            thread.join(CLOSE_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
