package io.loadcast.streaming;

import org.apache.kafka.common.TopicPartition;

/** What the cluster knows of the topics that states come from. Thread-safe. */
public interface StateOrigins {

    /**
     * The topics of a state as they are now.
     *
     * @throws KafkaUnavailableException if the cluster does not answer, or does not know one of them
     */
    StateOrigin current(KeptState state);

    /**
     * Whether the application has committed how far it came with this partition of a topic; an offset that somebody has set by
     * hand does not count.
     *
     * @throws KafkaUnavailableException if the cluster does not answer
     */
    boolean hasCommitted(TopicPartition partition);

    /** Under which its offsets and changelogs are kept. */
    String applicationId();
}
