package io.loadcast.streaming;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.Uuid;

/** The origins as brokers tell them. Thread-safe; whoever made it closes it. */
public final class KafkaStateOrigins implements StateOrigins, AutoCloseable {
    private final TopicAdministration administration;
    private final String applicationId;
    private final String readings;
    private final Map<String, Uuid> seen = new HashMap<>();

    /**
     * Makes a client; asks nothing yet.
     *
     * @param kafka Kafka client properties, {@code bootstrap.servers} at least
     * @throws KafkaUnavailableException if the properties make no client
     */
    public KafkaStateOrigins(Map<?, ?> kafka, String applicationId, String readings) {
        this.administration = TopicAdministration.connect(kafka);
        this.applicationId = applicationId;
        this.readings = readings;
    }

    /**
     * What is wrong if a topic that a state comes from has been deleted, or created anew, since this was asked first; a sentence for
     * whoever runs the program, with the way out.
     *
     * @throws KafkaUnavailableException if the cluster does not answer
     */
    public synchronized Optional<String> lost() {
        List<String> names = List.of(
                readings,
                changelog(LoadcastTopology.REGION_STATE_STORE),
                changelog(LoadcastTopology.SCORE_HISTORY_STORE),
                changelog(LoadcastTopology.STATE_ORIGIN_STORE));
        Map<String, Uuid> now = administration.ids(names);
        for (String name : names) {
            Uuid before = seen.get(name);
            if (before != null && !before.equals(now.get(name))) {
                return Optional.of(
                        "topic " + name + " has been deleted while it was in use. " + StateOriginCheck.WAY_OUT);
            }
        }
        seen.putAll(now);
        return Optional.empty();
    }

    @Override
    public StateOrigin current() {
        String regionState = changelog(LoadcastTopology.REGION_STATE_STORE);
        String scoreHistory = changelog(LoadcastTopology.SCORE_HISTORY_STORE);
        Map<String, Uuid> ids = administration.ids(List.of(readings, regionState, scoreHistory));
        return new StateOrigin(id(ids, readings), id(ids, regionState), id(ids, scoreHistory));
    }

    private String changelog(String store) {
        return applicationId + "-" + store + "-changelog";
    }

    private static Uuid id(Map<String, Uuid> ids, String topic) {
        Uuid id = ids.get(topic);
        if (id == null) {
            throw new StateOriginException("topic " + topic + " has been deleted while it was in use; start again");
        }
        return id;
    }

    @Override
    public boolean hasCommitted(int partition) {
        return administration.hasCommittedItself(applicationId, new TopicPartition(readings, partition));
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
