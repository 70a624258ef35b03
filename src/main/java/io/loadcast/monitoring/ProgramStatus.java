package io.loadcast.monitoring;

import java.util.Optional;
import org.apache.kafka.streams.KafkaStreams;

/**
 * How the program stands at one moment.
 *
 * @param streams what Kafka Streams says of the topology
 * @param hasRun whether the topology has had its partitions, with all their state, since the program started
 * @param givenUp why the topology was stopped by us, and what to do
 * @param lostTopics what is wrong with the topics
 * @param model what is served; empty while none is loaded
 * @param models how the models topic is followed; empty where it is not
 * @param restore of the state stores
 */
public record ProgramStatus(
        KafkaStreams.State streams,
        boolean hasRun,
        Optional<String> givenUp,
        Optional<String> lostTopics,
        Optional<String> model,
        Optional<ModelsLook> models,
        RestoreProgress.Snapshot restore) {

    /** Gives what holds now. */
    @FunctionalInterface
    public interface Source {
        ProgramStatus now();
    }
}
