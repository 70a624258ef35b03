package io.loadcast.streaming;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/**
 * Creates loadcast's topics and says how they stand. Existing topics are left as they are. The admin client belongs to the caller.
 */
public final class TopicCreation {
    /** Room for the largest record that a topic takes by default, and the headers of its dead letter. */
    private static final String DEAD_LETTER_BYTES = "1572864";

    // Records carry valid times, which may be decades old: retention by time would delete history as it is replayed.
    private static final Map<String, String> KEEP_FOREVER = Map.of(
            TopicConfig.RETENTION_MS_CONFIG, "-1",
            TopicConfig.CLEANUP_POLICY_CONFIG, TopicConfig.CLEANUP_POLICY_DELETE,
            TopicConfig.MESSAGE_TIMESTAMP_TYPE_CONFIG, "CreateTime");

    private final Admin admin;

    public TopicCreation(Admin admin) {
        this.admin = admin;
    }

    /**
     * Creates those topics that do not exist.
     *
     * @param partitions of each topic; of the readings topic it bounds how many tasks can share the work
     * @param replicationFactor empty for the broker's default
     * @return the names of those created, in the order of the topics
     * @throws KafkaUnavailableException if the cluster does not answer or refuses
     */
    public List<String> createMissing(Topics topics, int partitions, Optional<Short> replicationFactor) {
        List<String> created = new ArrayList<>();
        for (String name : names(topics)) {
            NewTopic topic = new NewTopic(name, Optional.of(partitions), replicationFactor);
            topic.configs(name.equals(topics.deadLetters()) ? deadLetterConfig() : KEEP_FOREVER);
            try {
                admin.createTopics(Set.of(topic)).all().get();
                created.add(name);
            } catch (ExecutionException e) {
                if (!(e.getCause() instanceof TopicExistsException)) {
                    throw new KafkaUnavailableException("cannot create topic " + name, e.getCause());
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new KafkaUnavailableException("interrupted while creating topic " + name, e);
            }
        }
        return created;
    }

    /**
     * How the topics stand.
     *
     * @return by name, in the order of the topics; empty where a topic does not exist
     * @throws KafkaUnavailableException if the cluster does not answer or refuses
     */
    public Map<String, Optional<TopicDescription>> describe(Topics topics) {
        Map<String, Optional<TopicDescription>> descriptions = new LinkedHashMap<>();
        for (String name : names(topics)) {
            descriptions.put(name, describe(name));
        }
        return descriptions;
    }

    private Optional<TopicDescription> describe(String name) {
        try {
            return Optional.of(admin.describeTopics(List.of(name))
                    .topicNameValues()
                    .get(name)
                    .get());
        } catch (ExecutionException e) {
            if (e.getCause() instanceof UnknownTopicOrPartitionException) {
                return Optional.empty();
            }
            throw new KafkaUnavailableException("cannot describe topic " + name, e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new KafkaUnavailableException("interrupted while describing topic " + name, e);
        }
    }

    private static Map<String, String> deadLetterConfig() {
        Map<String, String> config = new TreeMap<>(KEEP_FOREVER);
        config.put(TopicConfig.MAX_MESSAGE_BYTES_CONFIG, DEAD_LETTER_BYTES);
        return config;
    }

    private static List<String> names(Topics topics) {
        return List.of(topics.readings(), topics.forecasts(), topics.accuracy(), topics.deadLetters());
    }
}
