package io.loadcast.streaming;

/** What the cluster knows of the topics that states come from. Thread-safe. */
public interface StateOrigins {

    /**
     * The topics as they are now.
     *
     * @throws KafkaUnavailableException if the cluster does not answer, or does not know one of them
     */
    StateOrigin current();

    /**
     * Whether the application has committed how far it came with this partition of the readings; an offset that somebody has set by
     * hand does not count.
     *
     * @throws KafkaUnavailableException if the cluster does not answer
     */
    boolean hasCommitted(int partition);

    /** Under which its offsets and changelogs are kept. */
    String applicationId();
}
