package io.loadcast.replay;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.MemberDescription;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.errors.GroupIdNotFoundException;
import org.apache.kafka.common.errors.TimeoutException;

/** What a replay asks of the brokers beside records: topics and groups. Thread-safe; whoever made it closes it. */
final class ReplayCluster implements AutoCloseable {
    private static final long LOOK_MILLIS = 200;
    private static final long PATIENCE_NANOS = 60_000_000_000L;

    private final Map<String, String> kafka;
    private final Admin admin;

    /** @throws ReplayException if the properties make no client */
    ReplayCluster(Map<String, String> kafka) {
        this.kafka = kafka;
        Properties properties = new Properties();
        properties.putAll(kafka);
        properties.putIfAbsent(AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, "15000");
        properties.putIfAbsent(AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, "5000");
        try {
            this.admin = Admin.create(properties);
        } catch (KafkaException e) {
            Throwable reason = e.getCause() == null ? e : e.getCause();
            throw new ReplayException("cannot connect to Kafka at " + servers() + ": " + reason.getMessage(), e);
        }
    }

    private String servers() {
        return kafka.getOrDefault("bootstrap.servers", "");
    }

    Set<String> topics() {
        return await("list topics", admin.listTopics().names());
    }

    /** Whether what has the same key may be deleted. */
    boolean isCompacted(String topic) {
        ConfigResource resource = new ConfigResource(ConfigResource.Type.TOPIC, topic);
        return await(
                        "describe topic " + topic,
                        admin.describeConfigs(List.of(resource)).all())
                .values()
                .stream()
                .map(config -> config.get(TopicConfig.CLEANUP_POLICY_CONFIG).value())
                .anyMatch(policy -> policy.contains(TopicConfig.CLEANUP_POLICY_COMPACT));
    }

    void createIfMissing(String topic, int partitions, Map<String, String> config) {
        if (!topics().contains(topic)) {
            NewTopic wanted = new NewTopic(topic, Optional.of(partitions), Optional.empty()).configs(config);
            await("create topic " + topic, admin.createTopics(List.of(wanted)).all());
        }
    }

    /** A topic that keeps all, whatever its timestamps are; one of this name that is there is deleted. */
    void createEmpty(String topic, int partitions) throws InterruptedException {
        delete(List.of(topic));
        NewTopic wanted = new NewTopic(topic, Optional.of(partitions), Optional.empty())
                .configs(Map.of(TopicConfig.RETENTION_MS_CONFIG, "-1"));
        await("create topic " + topic, admin.createTopics(List.of(wanted)).all());
    }

    /** Deletes those that are there, and waits until they are gone. */
    void delete(Collection<String> names) throws InterruptedException {
        Set<String> there = topics().stream().filter(names::contains).collect(Collectors.toSet());
        if (there.isEmpty()) {
            return;
        }
        await("delete topics " + there, admin.deleteTopics(there).all());
        long deadline = System.nanoTime() + PATIENCE_NANOS;
        while (topics().stream().anyMatch(there::contains)) {
            if (System.nanoTime() > deadline) {
                throw new ReplayException(
                        "topics " + there + " are not gone a minute after they were deleted; try again");
            }
            Thread.sleep(LOOK_MILLIS);
        }
    }

    /** Where the state of this application is kept. */
    List<String> changelogs(String applicationId) {
        return topics().stream()
                .filter(name -> name.startsWith(applicationId + "-") && name.endsWith("-changelog"))
                .toList();
    }

    /** Of which partitions offsets are kept for this application; none if none are, or no more. */
    Set<TopicPartition> committed(String applicationId) {
        try {
            return Set.copyOf(admin.listConsumerGroupOffsets(applicationId)
                    .partitionsToOffsetAndMetadata()
                    .get()
                    .keySet());
        } catch (ExecutionException e) {
            if (e.getCause() instanceof GroupIdNotFoundException) {
                return Set.of();
            }
            throw failed("read the offsets of " + applicationId, e);
        } catch (InterruptedException e) {
            throw interrupted(e);
        }
    }

    void deleteOffsets(String applicationId) {
        try {
            admin.deleteConsumerGroups(List.of(applicationId)).all().get();
        } catch (ExecutionException e) {
            if (!(e.getCause() instanceof GroupIdNotFoundException)) {
                throw failed("delete the offsets of " + applicationId, e);
            }
        } catch (InterruptedException e) {
            throw interrupted(e);
        }
    }

    /**
     * Waits until no instance of the application runs: one that was killed counts as running until its session is over.
     *
     * @param onWait called once if there is something to wait for
     * @throws ReplayException if one runs after a minute
     */
    void awaitAlone(String applicationId, Runnable onWait) throws InterruptedException {
        long deadline = System.nanoTime() + PATIENCE_NANOS;
        boolean waited = false;
        while (hasMembers(applicationId)) {
            if (!waited) {
                waited = true;
                onWait.run();
            }
            if (System.nanoTime() > deadline) {
                throw new ReplayException(
                        "another process runs " + applicationId + "; stop it, or give another --out-suffix");
            }
            Thread.sleep(LOOK_MILLIS);
        }
    }

    private boolean hasMembers(String applicationId) {
        return !members(applicationId).isEmpty();
    }

    /** The hosts of those that run the application, by client id. */
    Map<String, String> members(String applicationId) {
        try {
            return admin.describeConsumerGroups(List.of(applicationId)).all().get().values().stream()
                    .flatMap(group -> group.members().stream())
                    .collect(Collectors.toMap(
                            MemberDescription::clientId, MemberDescription::host, (host, same) -> host));
        } catch (ExecutionException e) {
            if (e.getCause() instanceof GroupIdNotFoundException) {
                return Map.of();
            }
            throw failed("describe group " + applicationId, e);
        } catch (InterruptedException e) {
            throw interrupted(e);
        }
    }

    private <T> T await(String what, KafkaFuture<T> answer) {
        try {
            return answer.get();
        } catch (ExecutionException e) {
            throw failed(what, e);
        } catch (InterruptedException e) {
            throw interrupted(e);
        }
    }

    private ReplayException failed(String what, ExecutionException e) {
        Throwable reason = e.getCause() == null ? e : e.getCause();
        if (reason instanceof TimeoutException) {
            return new ReplayException(
                    "no Kafka broker answered at " + servers()
                            + " within 15 s; start one, or correct --bootstrap-servers",
                    reason);
        }
        return new ReplayException("cannot " + what + " at " + servers() + ": " + reason.getMessage(), reason);
    }

    private static ReplayException interrupted(InterruptedException e) {
        Thread.currentThread().interrupt();
        return new ReplayException("interrupted", e);
    }

    @Override
    public void close() {
        admin.close();
    }
}
