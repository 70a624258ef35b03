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
 * @param view how the topics behind the HTTP view are followed; empty while they are not yet
 * @param restore of the state stores
 * @param beforeStart what the start of the topology waits for; empty once it is started
 * @param stopping whether the program was told to stop
 */
public record ProgramStatus(
        KafkaStreams.State streams,
        boolean hasRun,
        Optional<String> givenUp,
        Optional<String> lostTopics,
        Optional<String> model,
        Optional<ModelsLook> models,
        Optional<ViewLook> view,
        RestoreProgress.Snapshot restore,
        Optional<String> beforeStart,
        boolean stopping) {

    /** Gives what holds now. */
    @FunctionalInterface
    public interface Source {
        ProgramStatus now();
    }
}
