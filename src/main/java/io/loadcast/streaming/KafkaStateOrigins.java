package io.loadcast.streaming;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.Uuid;

/** The origins as brokers tell them. Thread-safe; whoever made it closes it. */
public final class KafkaStateOrigins implements StateOrigins, AutoCloseable {
    private final TopicAdministration administration;
    private final String applicationId;
    /** As tasks were started with them. */
    private final Map<String, Uuid> seen = new HashMap<>();

    /**
     * Makes a client; asks nothing yet.
     *
     * @param kafka Kafka client properties, {@code bootstrap.servers} at least
     * @throws KafkaUnavailableException if the properties make no client
     */
    public KafkaStateOrigins(Map<?, ?> kafka, String applicationId) {
        this.administration = TopicAdministration.connect(kafka);
        this.applicationId = applicationId;
    }

    /**
     * What is wrong if a topic that a state comes from has been deleted, or created anew, since a task was started with it; a
     * sentence for whoever runs the program, with the way out.
     *
     * @throws KafkaUnavailableException if the cluster does not answer
     */
    public synchronized Optional<String> lost() {
        List<String> names = List.copyOf(seen.keySet());
        Map<String, Uuid> now = administration.ids(names);
        for (String name : names) {
            if (!Objects.equals(seen.get(name), now.get(name))) {
                return Optional.of(
                        "topic " + name + " has been deleted while it was in use. " + StateOriginCheck.WAY_OUT);
            }
        }
        return Optional.empty();
    }

    @Override
    public synchronized StateOrigin current(KeptState state) {
        List<String> changelogs = state.stores().stream().map(this::changelog).toList();
        List<String> watched = new ArrayList<>(changelogs);
        watched.add(state.source());
        watched.add(changelog(state.originStore()));
        Map<String, Uuid> ids = administration.ids(watched);
        ids.forEach(seen::putIfAbsent);
        return new StateOrigin(
                id(ids, state.source()),
                changelogs.stream().map(name -> id(ids, name)).toList());
    }

    private String changelog(String store) {
        return applicationId + "-" + store + "-changelog";
    }

    private static Uuid id(Map<String, Uuid> ids, String topic) {
        Uuid id = ids.get(topic);
        if (id == null) {
            // Kafka Streams has just made sure that it exists: the broker that was asked may not have heard of it.
            throw new KafkaUnavailableException("topic " + topic + " is not known to the broker that was asked", null);
        }
        return id;
    }

    @Override
    public boolean hasCommitted(TopicPartition partition) {
        return administration.hasCommittedItself(applicationId, partition);
    }

    @Override
    public String applicationId() {
        return applicationId;
    }

    @Override
    public void close() {
        administration.close();
    }
}
