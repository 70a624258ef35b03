package io.loadcast.faults;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.loadcast.reference.GeneratedRecord;
import io.loadcast.reference.Output;
import io.loadcast.reference.ReferenceRegion;
import io.loadcast.streaming.Topics;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionTimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * Reads the output topics as a subscriber of committed records does, and holds each record against the one that has to come next
 * for its region. Thread-safe; whoever made it closes it.
 */
final class SoakOutputs implements AutoCloseable {
    private static final int REMEMBERED = 60;

    /** What a record has to be once it is known where its reading lay. */
    private record Expected(Object output, @Nullable Supplier<String> source) {
        boolean isShownBy(Object actual) {
            if (output instanceof Output expected) {
                return actual instanceof Output came && expected.isShownBy(came);
            }
            return whole().equals(actual);
        }

        private Object whole() {
            return output instanceof SoakRecords.DeadLetter letter && source != null
                    ? new SoakRecords.DeadLetter(letter.reason(), letter.value(), source.get())
                    : output;
        }

        @Override
        public String toString() {
            return String.valueOf(whole());
        }
    }

    private final String bootstrapServers;
    private final Topics topics;
    private final Map<String, Deque<Expected>> expected = new TreeMap<>();
    private final Map<String, Deque<String>> readings = new TreeMap<>();
    private final Map<String, Long> counts = new TreeMap<>();
    private final Thread follower;
    private long outstanding;
    private @Nullable String difference;
    private boolean closed;

    SoakOutputs(String bootstrapServers, Topics topics) {
        this.bootstrapServers = bootstrapServers;
        this.topics = topics;
        this.follower = new Thread(this::follow, "soak-outputs");
        follower.setDaemon(true);
        follower.start();
    }

    /**
     * Expects what comes of a record, before it is sent.
     *
     * @param taken what the reference says of it; null if it is no reading
     * @param sent where it will lie
     */
    synchronized void expect(
            GeneratedRecord record, ReferenceRegion.@Nullable Taken taken, Future<RecordMetadata> sent) {
        Supplier<String> source = () -> source(sent);
        String key = record.region();
        if (taken == null) {
            add("dead letters", key, deadLetter(String.valueOf(record.rejection()), record), source);
        } else {
            for (Output output : taken.outputs()) {
                if (output instanceof Output.Unconfirmed held) {
                    Object value = SoakRecords.held(held.region(), held.validHour(), held.loadMw());
                    add("dead letters", key, new SoakRecords.DeadLetter("unconfirmed", value, ""), source);
                } else {
                    add(kind(output), key, output, null);
                }
            }
            if (taken.outcome().equals("too-late")) {
                add("dead letters", key, deadLetter("too-late", record), source);
            }
        }
        Deque<String> newest = readings.computeIfAbsent(key, region -> new ArrayDeque<>());
        newest.addLast(record + " → " + (taken == null ? "dead letter" : taken.outcome() + taken.suspicions()));
        if (newest.size() > REMEMBERED) {
            newest.removeFirst();
        }
    }

    private static SoakRecords.DeadLetter deadLetter(String reason, GeneratedRecord record) {
        return new SoakRecords.DeadLetter(reason, SoakRecords.bytes(record.value()), "");
    }

    private static String source(Future<RecordMetadata> sent) {
        try {
            RecordMetadata lay = sent.get();
            return lay.topic() + "/" + lay.partition() + "/" + lay.offset();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", e);
        } catch (ExecutionException e) {
            throw new AssertionError("a record could not be sent", e);
        }
    }

    private void add(String kind, String key, Object output, @Nullable Supplier<String> source) {
        outstanding++;
        expected.computeIfAbsent(SoakRecords.series(kind, key), series -> new ArrayDeque<>())
                .addLast(new Expected(output, source));
    }

    private static String kind(Object output) {
        return output instanceof Output.Forecast
                ? "forecasts"
                : output instanceof Output.Score
                        ? "scores"
                        : output instanceof Output.GapAlert ? "alerts" : "dead letters";
    }

    private void follow() {
        Map<String, Object> settings = Map.of(
                "bootstrap.servers", bootstrapServers,
                "isolation.level", "read_committed",
                "enable.auto.commit", "false");
        try (var consumer = new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            List<TopicPartition> partitions = new ArrayList<>();
            for (String topic : List.of(topics.forecasts(), topics.accuracy(), topics.alerts(), topics.deadLetters())) {
                consumer.partitionsFor(topic)
                        .forEach(info -> partitions.add(new TopicPartition(topic, info.partition())));
            }
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            while (!isClosed()) {
                consumer.poll(Duration.ofMillis(50)).forEach(this::came);
            }
            // Nobody writes any more: what is there and was not expected is seen now.
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
            while (partitions.stream().anyMatch(partition -> consumer.position(partition) < ends.get(partition))) {
                consumer.poll(Duration.ofMillis(50)).forEach(this::came);
            }
        } catch (RuntimeException | AssertionError e) {
            differs("the outputs could not be read: " + e);
        }
    }

    private synchronized void came(ConsumerRecord<byte[], byte[]> record) {
        if (!SoakRecords.isPredicted(topics, record)) {
            counts.merge("alert not predicted", 1L, Long::sum);
            return;
        }
        Object actual = SoakRecords.parse(topics, record);
        String key = new String(record.key(), UTF_8);
        String series = SoakRecords.series(kind(actual), key);
        counts.merge(name(actual), 1L, Long::sum);
        Expected next =
                expected.computeIfAbsent(series, name -> new ArrayDeque<>()).pollFirst();
        outstanding -= next == null ? 0 : 1;
        if (next == null || !next.isShownBy(actual)) {
            differs(series + ", partition " + record.partition() + ", offset " + record.offset() + "\n expected " + next
                    + "\n but was  " + actual + "\n the newest readings sent:\n  "
                    + String.join("\n  ", readings.getOrDefault(key, new ArrayDeque<>())));
        }
    }

    private static String name(Object output) {
        if (output instanceof Output.Forecast forecast) {
            return "forecast " + forecast.quality() + (forecast.revision() > 0 ? " re-issued" : "");
        }
        if (output instanceof Output.Score score) {
            return score.revision() > 0 ? "score again" : "score";
        }
        if (output instanceof Output.GapAlert alert) {
            return alert.clearedHour() == null ? "alert raised" : "alert cleared";
        }
        return "dead letter " + ((SoakRecords.DeadLetter) output).reason();
    }

    private synchronized void differs(String how) {
        difference = difference == null ? how : difference;
    }

    private synchronized boolean isClosed() {
        return closed;
    }

    /** How many expected records have not come. */
    synchronized long outstanding() {
        return outstanding;
    }

    /** What came, by kind. */
    synchronized Map<String, Long> counts() {
        return new TreeMap<>(counts);
    }

    /** The first record that was not the expected one; null if all were. */
    synchronized @Nullable String difference() {
        return difference;
    }

    /** Waits until no more than so many are outstanding, or something is wrong. */
    void awaitAtMost(long most, Duration patience) {
        try {
            Awaitility.await()
                    .atMost(patience)
                    .pollDelay(Duration.ZERO)
                    .pollInterval(Duration.ofMillis(5))
                    .until(() -> outstanding() <= most || difference() != null);
        } catch (ConditionTimeoutException e) {
            differs("did not come within " + patience + ": " + heads());
        }
    }

    private synchronized String heads() {
        StringBuilder heads = new StringBuilder();
        expected.forEach((series, queue) -> {
            if (!queue.isEmpty()) {
                heads.append("\n ")
                        .append(series)
                        .append(": ")
                        .append(queue.size())
                        .append(", the first ")
                        .append(queue.peekFirst());
            }
        });
        return heads.toString();
    }

    @Override
    public void close() {
        synchronized (this) {
            closed = true;
        }
        try {
            follower.join(Duration.ofSeconds(60).toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
