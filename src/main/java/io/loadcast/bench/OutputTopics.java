package io.loadcast.bench;

import io.loadcast.streaming.Topics;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.ExecutionException;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.TopicPartition;

/** Where the topics end to which forecasts and scores go. Thread-safe. Whoever made it closes it. */
final class OutputTopics implements AutoCloseable {
    private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(2);

    private final Admin admin;
    private final Map<TopicPartition, OffsetSpec> latest;

    OutputTopics(Properties kafka, Topics topics, int partitions) {
        this.admin = Admin.create(kafka);
        this.latest = Stream.of(topics.forecasts(), topics.accuracy())
                .flatMap(topic -> Stream.iterate(0, i -> i < partitions, i -> i + 1)
                        .map(partition -> new TopicPartition(topic, partition)))
                .collect(Collectors.toMap(Function.identity(), partition -> OffsetSpec.latest()));
    }

    /** Where each partition ends for a reader of committed records. */
    Map<TopicPartition, Long> committedEnds() throws InterruptedException {
        return ends(IsolationLevel.READ_COMMITTED);
    }

    /** Where each partition ends, with what is not committed. */
    Map<TopicPartition, Long> ends() throws InterruptedException {
        return ends(IsolationLevel.READ_UNCOMMITTED);
    }

    private Map<TopicPartition, Long> ends(IsolationLevel isolation) throws InterruptedException {
        try {
            Map<TopicPartition, Long> ends = new HashMap<>();
            admin.listOffsets(latest, new ListOffsetsOptions(isolation))
                    .all()
                    .get()
                    .forEach((partition, end) -> ends.put(partition, end.offset()));
            return ends;
        } catch (ExecutionException e) {
            throw new BenchException("the broker does not answer: " + e.getCause(), e);
        }
    }

    @Override
    public void close() {
        admin.close(CLOSE_TIMEOUT);
    }
}
